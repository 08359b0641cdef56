/** How often a round of giving memory back begins, in milliseconds: what stays empty from one round to the next goes back. */
const ROUND_MS = 1000;

/** A round that took long is followed by a longer rest: so many times what it took, up to a limit. */
const REST_PER_WORK = 20;
const MAX_REST_MS = 2000;

/** Memory whose pages can be empty: the arena. */
interface Pages {
  readonly used: number;
  readonly hasSurplus: boolean;
  beginDiscarding(): void;
  discardSome(): boolean;
  trim(): void;
}

/** Buffers that are dropped or pooled: those of the event loop. */
interface Buffers {
  shrink(all: boolean): void;
  discardSome(): boolean;
}

/** What the C library keeps of freed memory. */
interface FreedMemory {
  trim(): void;
}

/**
 * Gives memory that has come empty back to the kernel, in slices of the background work: pages of the arena, also those inside of
 * segments that are in use, and output buffers of the event loop. Memory that comes and goes within a second or two stays.
 */
export class MemoryRelease {
  readonly #pages: Pages;
  readonly #buffers: Buffers;
  readonly #freed: FreedMemory | null;
  readonly #nowMs: () => number;
  #nextRoundMs = 0;
  #usedBefore = -1;
  #isInRound = false;
  #workMs = 0;

  /** @param nowMs a clock that never goes back. */
  constructor(pages: Pages, buffers: Buffers, freed: FreedMemory | null, nowMs: () => number) {
    this.#pages = pages;
    this.#buffers = buffers;
    this.#freed = freed;
    this.#nowMs = nowMs;
  }

  /** Begins a round if one is due and something may have come empty since the last one. Call it some ten times a second. O(classes). */
  cron(): void {
    const nowMs = this.#nowMs();
    if (this.#isInRound || nowMs < this.#nextRoundMs) return;
    this.#nextRoundMs = nowMs + ROUND_MS;
    this.#buffers.shrink(false);
    const { used, hasSurplus } = this.#pages;
    if (used === this.#usedBefore && !hasSurplus) return;
    this.#usedBefore = used;
    this.#isInRound = true;
    this.#workMs = 0;
    this.#pages.beginDiscarding();
  }

  /** Goes on until nothing is left of the round or `isOver` says that the slice is used up. Returns whether nothing is left. */
  work(isOver: () => boolean): boolean {
    const beganMs = this.#nowMs();
    let isDone = this.#buffers.discardSome();
    while (!isDone && !isOver()) isDone = this.#buffers.discardSome();
    if (isDone) {
      isDone = this.#pages.discardSome();
      while (!isDone && !isOver()) isDone = this.#pages.discardSome();
    }
    if (this.#isInRound) this.#workMs += this.#nowMs() - beganMs;
    if (isDone && this.#isInRound) {
      this.#isInRound = false;
      this.#nextRoundMs = this.#nowMs() + Math.max(ROUND_MS, Math.min(MAX_REST_MS, this.#workMs * REST_PER_WORK));
    }
    return isDone;
  }

  /** Gives everything back that is empty, at once. O(memory that goes back). */
  purge(): void {
    this.#buffers.shrink(true);
    while (!this.#buffers.discardSome());
    this.#pages.trim();
    this.#freed?.trim();
  }
}
