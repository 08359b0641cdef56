import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Glob } from '../../src/values/glob';
import { describeWithOracle } from '../harness/oracle-cases';
import { RawClient } from '../harness/raw-client';
import { type ComparedServer, startRealServer } from '../harness/real-server';

const ALPHABET = ['a', 'b', 'B', '-', ']', '[', '^', '\\', '*', '?', '\x00', '\x7f', '\x80', '\xff'];

/** Every text of up to two bytes of the alphabet, and some longer ones. */
const KEYS: Buffer[] = [
  '',
  ...ALPHABET,
  ...ALPHABET.flatMap((a) => ALPHABET.map((b) => a + b)),
  'aaa',
  'abab',
  'aBbA',
  'ab-]b',
  'aab[b]',
].map((text) => Buffer.from(text, 'latin1'));

describeWithOracle('glob patterns', () => {
  let real: ComparedServer;
  let client: RawClient;

  beforeAll(async () => {
    real = await startRealServer();
    client = await RawClient.open(real.address);
    await client.call(['MSET', ...KEYS.flatMap((key) => [key, 'x'])]);
  });

  afterAll(async () => {
    client.close();
    await real.stop();
  });

  it('match the keys that KEYS finds', async () => {
    const pattern = fc.string({
      unit: fc.constantFrom(...ALPHABET, 'a', 'b', '*', '*', '?', '[', ']', '-', '^'),
      maxLength: 7,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(pattern, { minLength: 20, maxLength: 20 }), async (texts) => {
        const patterns = texts.filter((text) => text !== '*').map((text) => Buffer.from(text, 'latin1'));
        const replies = await client.pipeline(patterns.map((bytes) => ['KEYS', bytes]));
        for (const [i, bytes] of patterns.entries()) {
          const ours = KEYS.filter((key) => new Glob(bytes, 0, bytes.length).matches(key, 0, key.length));
          expect([bytes.toString('latin1'), ours.map((key) => key.toString('latin1')).sort()]).toEqual([
            bytes.toString('latin1'),
            bulks(replies[i]!).sort(),
          ]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** The bulk strings of an array reply, byte for byte. */
function bulks(reply: Buffer): string[] {
  const text = reply.toString('latin1');
  const found: string[] = [];
  let at = text.indexOf('\r\n') + 2;
  while (at < text.length) {
    const end = text.indexOf('\r\n', at);
    const length = Number(text.slice(at + 1, end));
    found.push(text.slice(end + 2, end + 2 + length));
    at = end + length + 4;
  }
  return found;
}
