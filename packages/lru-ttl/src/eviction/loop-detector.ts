/** Hit ratio below which the order of use was of no use. */
const WORTHLESS_HIT_RATIO = 0.01;

/** Turnovers for which victims are drawn by lot before the order of use is tried again: at first, and at most. */
const FEWEST_TURNOVERS = 8;
const MOST_TURNOVERS = 64;

/** Turnovers until what a loop finds has settled, and by what share of itself it may differ from one turnover to the next then. */
const SETTLING_TURNOVERS = 4;
const STEADY_SHARE = 0.25;

/**
 * Notices when keeping what was used last helps nobody: something reads through more than there is room for, round and round, and each
 * item is evicted just before it is wanted again. Least recently used then finds nothing, and victims that are drawn by lot find a part (a
 * fifth of all, if half of the loop has room; two fifths, if the youngest of five that are drawn goes).
 *
 * It judges by turnovers: as many evictions as there are items. A turnover in which there was at least one read for two evictions, and less
 * than 1 % of the reads found something, begins a time of lots. The order of use gets its next chance after some turnovers, as soon as lots
 * find nothing either, or when they find another share than before: a loop is steady, so it has ended then. Where the order of use is good
 * for anything at all, nothing changes. (Adaptive insertion, Qureshi et al. 2007, has the same aim.)
 */
export class LoopDetector {
  /** Victims should be drawn by lot. */
  isLooping = false;
  #evictions = 0;
  #turnover = 1;
  #hits = 0;
  #misses = 0;
  #turnoversLeft = 0;
  /** Turnovers of this time of lots that have passed, and the hit ratio of the last one. */
  #turnoversPassed = 0;
  #hitRatio = 0;
  #nextTurnovers = FEWEST_TURNOVERS;
  readonly #countItems: () => number;

  /** @param countItems tells how many items there are; asked once a turnover. */
  constructor(countItems: () => number) {
    this.#countItems = countItems;
  }

  /** Forgets everything: other rules apply from now on. `hits` and `misses` are the counters as they stand. */
  reset(hits: number, misses: number): void {
    this.isLooping = false;
    this.#nextTurnovers = FEWEST_TURNOVERS;
    this.#begin(hits, misses);
  }

  /** Something is about to be evicted. `hits` and `misses` count the reads so far that found something, or nothing. O(1). */
  evicted(hits: number, misses: number): void {
    if (++this.#evictions >= this.#turnover) this.#judge(hits, misses);
  }

  #judge(hits: number, misses: number): void {
    const found = hits - this.#hits;
    const reads = found + misses - this.#misses;
    const isWorthless = found < reads * WORTHLESS_HIT_RATIO;
    if (this.isLooping) {
      const hitRatio = found / reads;
      const isSteady = Math.abs(hitRatio - this.#hitRatio) <= this.#hitRatio * STEADY_SHARE;
      this.#hitRatio = hitRatio;
      this.#turnoversPassed++;
      this.#turnoversLeft--;
      const hasEnded = this.#turnoversPassed > SETTLING_TURNOVERS && !isSteady;
      if (isWorthless || hasEnded || this.#turnoversLeft <= 0) this.isLooping = false;
      // Only lots that have found something are worth a longer time.
      if (isWorthless) this.#nextTurnovers = FEWEST_TURNOVERS;
    } else if (isWorthless && reads * 2 >= this.#evictions) {
      this.isLooping = true;
      this.#turnoversLeft = this.#nextTurnovers;
      this.#turnoversPassed = 0;
      this.#nextTurnovers = Math.min(this.#nextTurnovers * 2, MOST_TURNOVERS);
    } else {
      this.#nextTurnovers = FEWEST_TURNOVERS;
    }
    this.#begin(hits, misses);
  }

  #begin(hits: number, misses: number): void {
    this.#evictions = 0;
    this.#turnover = Math.max(1, this.#countItems());
    this.#hits = hits;
    this.#misses = misses;
  }
}
