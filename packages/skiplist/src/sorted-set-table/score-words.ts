/**
 * Scores as two signed 32-bit words that compare, high before low, as the scores do: the bits of an IEEE double, all but the sign
 * flipped in negative ones, and the low word's top bit flipped because it is compared as signed. -0 becomes 0.
 *
 * Hot: integer comparisons need no conversion out of the arena's words, where a Float64 would be assembled at every step of a search.
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

  /** Makes `high` and `low` those of a score. Throws RangeError if it is not a number. O(1). */
  encode(score: number): void {
    if (Number.isNaN(score)) throw new RangeError('a score must be a number');
    this.#scores[0] = score + 0;
    const high = this.#halves[1]!;
    const sign = high >> 31;
    this.#words[1] = high ^ (sign & 0x7fffffff);
    this.#words[0] = this.#halves[0]! ^ sign ^ 0x80000000;
  }

  /** The score that has these words. O(1). */
  decode(high: number, low: number): number {
    const sign = high >> 31;
    this.#halves[1] = high ^ (sign & 0x7fffffff);
    this.#halves[0] = low ^ sign ^ 0x80000000;
    return this.#scores[0]!;
  }
}
