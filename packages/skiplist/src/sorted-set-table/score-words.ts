/**
 * Scores as two signed 32-bit words. Comparing the high words, then the low words, gives the order of the scores. They are the bits of an
 * IEEE double; negative ones have all bits but the sign inverted, and the top bit of the low word is inverted because it is compared
 * as signed. -0 becomes 0.
 *
 * Hot: a search compares the words of the arena as they are, without assembling a Float64 at each step.
 */
export class ScoreWords {
  readonly #scores = new Float64Array(1);
  readonly #halves = new Int32Array(this.#scores.buffer);
  readonly #words = new Int32Array(2);

  /** The high word of the score that was encoded last. */
  get high(): number {
    return this.#words[1]!;
  }

  /** The low word of the score that was encoded last. */
  get low(): number {
    return this.#words[0]!;
  }

  /** Sets `high` and `low` for a score. O(1). @throws RangeError when the score is NaN */
  encode(score: number): void {
    if (Number.isNaN(score)) throw new RangeError('a score must be a number');
    this.#scores[0] = score + 0;
    const high = this.#halves[1]!;
    const sign = high >> 31;
    this.#words[1] = high ^ (sign & 0x7fffffff);
    this.#words[0] = this.#halves[0]! ^ sign ^ 0x80000000;
  }

  /** The score of two words. O(1). */
  decode(high: number, low: number): number {
    const sign = high >> 31;
    this.#halves[1] = high ^ (sign & 0x7fffffff);
    this.#halves[0] = low ^ sign ^ 0x80000000;
    return this.#scores[0]!;
  }
}
