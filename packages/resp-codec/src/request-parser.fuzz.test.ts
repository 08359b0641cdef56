import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PARSED, PROTOCOL_ERROR } from './parse-outcome';
import { Request } from './request';
import { RequestLimits } from './request-limits';
import { RequestParser } from './request-parser';

const seed = Buffer.from(
  '*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$12\r\nabcdefghijkl\r\nPING "a b" \'c\'\r\n*0\r\n*1\r\n$4\r\nPING\r\nECHO x\n*2\r\n$0\r\n\r\n$100\r\n' +
    `${'y'.repeat(100)}\r\n*11\r\n${'$1\r\nz\r\n'.repeat(11)}`,
);

/** Used instead of `expect`, which is too slow for every byte of every run. */
function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(`does not hold: ${what}`);
}

/** Parses a stream and checks after each part that the parser holds no more than a few times the bytes received. */
function run(bytes: Buffer, places: number[]): string[] {
  const request = new Request();
  const parser = new RequestParser(request, new RequestLimits({ maxInlineBytes: 200 }));
  const seen: string[] = [];
  for (let i = 1; i < places.length; i++) {
    const received = places[i]!;
    parser.feed(bytes, places[i - 1]!, received);
    let outcome = parser.next();
    for (; outcome === PARSED; outcome = parser.next()) {
      for (let j = 0; j < request.count; j++) {
        hold(request.start(j) >= 0 && request.start(j) <= request.end(j), 'spans are ordered');
        hold(request.end(j) <= request.bytes.length, 'spans are inside of the bytes');
        seen.push(request.toLatin1(j));
      }
      seen.push('|');
      hold(seen.length <= 2 * bytes.length, 'there are no more arguments than bytes');
    }
    hold(parser.bufferedBytes <= received, 'no more is buffered than was received');
    hold(parser.allocatedBytes <= 16 * received + 4096, 'memory is proportional to the bytes received');
    if (outcome === PROTOCOL_ERROR) return [...seen, parser.error];
  }
  return seen;
}

it('reads mutated streams without throwing, within bounds, and with the same result wherever they are cut', () => {
  const mutation = fc.tuple(
    fc.nat(seed.length - 1),
    fc.constantFrom(...Buffer.from('0123456789$*-+"\'\\x \r\n\0\xff', 'latin1')),
  );
  fc.assert(
    fc.property(
      fc.array(mutation, { maxLength: 8 }),
      fc.array(fc.nat(seed.length), { maxLength: 6 }),
      (mutations, cuts) => {
        const bytes = Buffer.from(seed);
        for (const [at, byte] of mutations) bytes[at] = byte;
        const whole = run(bytes, [0, bytes.length]);
        expect(run(bytes, [0, ...cuts.sort((a, b) => a - b), bytes.length])).toEqual(whole);
        expect(
          run(
            bytes,
            Array.from({ length: bytes.length + 1 }, (_, i) => i),
          ),
        ).toEqual(whole);
      },
    ),
    { numRuns: 200 },
  );
});

it('reads arbitrary bytes without throwing and within bounds', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      run(Buffer.from(bytes), [0, bytes.length >> 1, bytes.length]);
    }),
    { numRuns: 400 },
  );
});
