import fc from 'fast-check';
import { expect, it } from 'vitest';
import { QuotingWriter } from './quoting-writer';

const NAMED: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/** The model: a string at a time. */
function quote(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const printable = byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : undefined;
    text += NAMED[byte] ?? printable ?? `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `"${text}"`;
}

function written(write: (writer: QuotingWriter) => void): { text: string; pieces: number[] } {
  let text = '';
  const pieces: number[] = [];
  const writer = new QuotingWriter((piece) => {
    text += Buffer.from(piece).toString('latin1');
    pieces.push(piece.length);
  });
  write(writer);
  writer.flush();
  return { text, pieces };
}

it('quotes all bytes as Redis does', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(written((writer) => writer.quoted(bytes, 0, 256)).text).toBe(quote(bytes));
});

it('quotes a part of the bytes, between texts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50_000 }), fc.nat(), fc.nat(), (bytes, a, b) => {
      const [start, end] = [a % (bytes.length + 1), b % (bytes.length + 1)].sort((x, y) => x - y) as [number, number];
      const { text, pieces } = written((writer) => {
        writer.text('before ');
        writer.quoted(bytes, start, end);
        writer.text(' after');
      });
      expect(text).toBe(`before ${quote(bytes.subarray(start, end))} after`);
      expect(Math.max(...pieces)).toBeLessThanOrEqual(16_384);
    }),
    { numRuns: 50 },
  );
});

it('writes nothing when nothing is there', () => {
  expect(written(() => {}).pieces).toEqual([]);
});
