import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScoreCode } from './score-code';

function lengthAndBack(score: number): [number, number] {
  const code = new ScoreCode();
  code.encode(score);
  const stored = Buffer.concat([Buffer.from('..'), code.bytes.subarray(0, code.length)]);
  return [code.length, code.decode(stored, stored.length)];
}

describe('ScoreCode', () => {
  it('decodes every double to itself, minus zero and infinities included', () => {
    const anyScore = fc.oneof(
      fc.double({ noNaN: true }),
      fc.maxSafeInteger(),
      fc.integer(),
      fc
        .integer({ min: 0, max: 48 })
        .chain((power) => fc.constantFrom(2 ** power, -(2 ** power), 2 ** power - 1, -1 - 2 ** power)),
      fc.constantFrom(0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324),
    );
    fc.assert(
      fc.property(anyScore, (score) => {
        expect(lengthAndBack(score)[1]).toBe(score);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [0, 1],
    [63, 1],
    [64, 2],
    [-1, 2],
    [-128, 2],
    [128, 3],
    [-32769, 4],
    [2 ** 31 - 1, 5],
    [2 ** 31, 6],
    [2 ** 47 - 1, 7],
    [2 ** 47, 9],
    [0.5, 9],
    [-0, 9],
  ])('takes for %d %d bytes', (score, bytes) => {
    expect(lengthAndBack(score)[0]).toBe(bytes);
  });
});
