/** Share of the reads below which the order of use was of no use. */
const WORTHLESS_SHARE = 0.01;

/** Turnovers after which the order of use gets another chance, whatever there is to be found; a longer loop than this is not worth keeping. */
const MOST_TURNOVERS = 64;

/**
 * Notices when keeping what was used last, or most, helps nobody: something reads through more than there is room for, round and round, and
 * each item is evicted just before it is wanted again. Victims had better be the same part of all items every time then, so that the rest
 * of the loop stays and is found.
 *
 * It judges by turnovers, as many evictions as there are items: there is a loop if in the last one there was at least one read for two
 * evictions, and less than 1 % of the reads found what the order of use keeps. While that order rules, this is what the reads find; in a
 * loop, its owner tells which of the hits it would have had too, and `patience` how many turnovers with such hits end it; 64 turnovers end
 * it anyway. Where the order of use is good for anything at all, nothing changes.
 * (Adaptive insertion, Qureshi et al. 2007, has the same aim.)
 */
export class LoopDetector {
  /** The order of use is worth nothing now. */
  isLooping = false;
  /** Evictions of a turnover: how many items there were at its beginning, at least 1. */
  turnover = 1;
  #patience = 1;
  #patienceLeft = 1;
  #turnoversLeft = MOST_TURNOVERS;
  #evictions = 0;
  #reads = 0;
  #hits = 0;
  #timelyHits = 0;
  readonly #countItems: () => number;

  /** @param countItems tells how many items there are; asked once a turnover. */
  constructor(countItems: () => number) {
    this.#countItems = countItems;
  }

  /** Forgets everything: other rules apply from now on. `patience` is from 1 on; the others are the counters as they stand, see `evicted`. */
  reset(patience: number, reads: number, hits: number, timelyHits: number): void {
    this.isLooping = false;
    this.#patience = patience;
    this.#begin(reads, hits, timelyHits);
  }

  /**
   * Something is about to be evicted. `reads` counts the reads so far, `hits` those that found something, and `timelyHits`, in loops, those
   * that found what the order of use would have kept for them. O(1).
   */
  evicted(reads: number, hits: number, timelyHits: number): void {
    if (++this.#evictions < this.turnover) return;
    const readsNow = reads - this.#reads;
    const kept = this.isLooping ? timelyHits - this.#timelyHits : hits - this.#hits;
    const isWorthless = readsNow * 2 >= this.#evictions && kept < readsNow * WORTHLESS_SHARE;
    if (!this.isLooping) {
      this.isLooping = isWorthless;
      this.#patienceLeft = this.#patience;
      this.#turnoversLeft = MOST_TURNOVERS;
    } else {
      this.#patienceLeft = isWorthless ? this.#patience : this.#patienceLeft - 1;
      this.isLooping = this.#patienceLeft > 0 && --this.#turnoversLeft > 0;
    }
    this.#begin(reads, hits, timelyHits);
  }

  #begin(reads: number, hits: number, timelyHits: number): void {
    this.#evictions = 0;
    this.turnover = Math.max(1, this.#countItems());
    this.#reads = reads;
    this.#hits = hits;
    this.#timelyHits = timelyHits;
  }
}
