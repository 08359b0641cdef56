/** Bits of a stamp. */
const STAMP_BITS = 24;
const STAMP_MASK = 2 ** STAMP_BITS - 1;

/** Stretches of another pace that are remembered; times before the oldest of them are reckoned by its pace. */
const MOST_STRETCHES = 4096;

/** Length of a tick, in milliseconds, as long as nobody asks for finer ones: that of Redis' LRU clock. */
const COARSEST_TICK_MS = 1000;

/** Ticks that a lifetime is cut into; the victims of an eviction differ in age by more than this grain. */
const TICKS_PER_LIFETIME = 64;

/** A time in which all ticks are of one length. */
interface Stretch {
  readonly tick: number;
  readonly ms: number;
  readonly tickMs: number;
}

/**
 * Stamps of 24 bits for "used just now", which tell afterwards how long ago that was.
 *
 * At one tick a second, as in Redis, they tell it for 194 days, but everything that a busy cache holds is of the same second. So the clock
 * can be told how long things stay, and then ticks up to a thousand times as fast; what was stamped at another pace keeps its meaning,
 * because the changes of pace are remembered:
 *
 * ```
 * tick    0  1  2  3 4 5 6 7 8 9 …           n  n+1
 *         |--|--|--|-|-|-|-|-|-|-|--   …  ---|--|
 * pace    1 s      | 250 ms                  | 1 s       three stretches
 * ```
 * At 1 ms, the finest pace, stamps begin anew after 4.6 hours; nothing stays that long unused where things are evicted that fast.
 */
export class RecencyClock {
  /** The stamp of now. */
  now: number;
  #tick: number;
  #nowMs: number;
  /** The newest stands last. */
  readonly #stretches: Stretch[];
  #current: Stretch;

  /** @param nowMs the time, ms since any epoch. */
  constructor(nowMs: number) {
    this.#nowMs = nowMs;
    this.#tick = Math.floor(nowMs / COARSEST_TICK_MS);
    this.#current = { tick: this.#tick, ms: this.#tick * COARSEST_TICK_MS, tickMs: COARSEST_TICK_MS };
    this.#stretches = [this.#current];
    this.now = this.#tick & STAMP_MASK;
  }

  /** Length of a tick now, in milliseconds. */
  get tickMs(): number {
    return this.#current.tickMs;
  }

  /** Moves the clock; returns the stamp of now. A time that goes back makes no tick undone. O(1). */
  advance(nowMs: number): number {
    const { tick, ms, tickMs } = this.#current;
    if (nowMs < this.#nowMs) this.#begin(tickMs, nowMs);
    else this.#tick = Math.max(this.#tick, tick + Math.floor((nowMs - ms) / tickMs));
    this.#nowMs = nowMs;
    // A tick is below 2^53, and & takes its low 32 bits.
    this.now = this.#tick & STAMP_MASK;
    return this.now;
  }

  /**
   * Says for how long things stay that nobody uses, in milliseconds, Infinity where nothing is evicted: the ticks become as fine as that
   * needs, from 1 ms to 1 s. Small changes change nothing. O(1).
   */
  suit(lifetimeMs: number): void {
    const wanted = Math.max(1, lifetimeMs / TICKS_PER_LIFETIME);
    let tickMs = COARSEST_TICK_MS;
    while (tickMs > wanted) tickMs = tickMs >>> 1;
    const { tickMs: current } = this.#current;
    if (tickMs < current || tickMs >= current * 4 || lifetimeMs === Number.POSITIVE_INFINITY) {
      this.#begin(tickMs, this.#nowMs);
    }
  }

  /** Ticks since a stamp was taken, from 0 to 2^24 - 1. O(1); the hot half of what eviction asks. */
  age(stamp: number): number {
    return (this.now - stamp) & STAMP_MASK;
  }

  /** Milliseconds since a stamp was taken, by less than the tick of that time too many. O(changes of pace since). */
  idleMs(stamp: number): number {
    const tick = this.#tick - this.age(stamp);
    let i = this.#stretches.length - 1;
    while (i > 0 && this.#stretches[i]!.tick > tick) i--;
    const stretch = this.#stretches[i]!;
    return Math.max(0, this.#nowMs - (stretch.ms + (tick - stretch.tick) * stretch.tickMs));
  }

  /** Begins a stretch; what was stamped before it and after it never has the same tick. */
  #begin(tickMs: number, nowMs: number): void {
    if (tickMs === this.#current.tickMs && nowMs >= this.#nowMs) return;
    this.#tick++;
    const ms = Math.floor(nowMs / tickMs) * tickMs;
    this.#current = { tick: this.#tick, ms, tickMs };
    this.#stretches.push(this.#current);
    if (this.#stretches.length > MOST_STRETCHES) this.#stretches.shift();
    this.now = this.#tick & STAMP_MASK;
  }
}
