import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import {
  DUE,
  LEVEL_BITS,
  LEVELS,
  LISTS,
  MAX_COMPARED,
  PENDING,
  REWIND_MS,
  SLOTS,
  type TimingWheelLayout,
  WORD,
} from './timing-wheel-layout';

/**
 * An exact index of deadlines over arena records: a hierarchical timing wheel (Varghese and Lauck 1987) with nine levels of 64 slots
 * and a resolution of 1 ms. The level of a record is the highest 6-bit digit in which its deadline differs from the wheel's time. Its
 * slot is that digit of its deadline:
 *
 * ```
 * level 0   | 1 ms |…x64       level 1   | 64 ms |…x64      level 2   | 4 s |…x64    …    level 8   | 8900 years |…x64
 *               ^                             |                            |
 *               '------ records of a slot ----'----- move down as the ----'
 *                                                     time enters the slot
 * ```
 * Every deadline of a level is before every deadline of the next level, and the slots of a level are in order of time. A bitmap per
 * level finds the next filled slot, so large jumps of the clock cost nothing. Moving records down counts against the budget of
 * `advance` as expiring does: no step is O(n). The wheel allocates no arena memory and frees no record.
 */
export class TimingWheel {
  readonly #words: Uint32Array[];
  readonly #lowWord: number;
  readonly #highWord: number;
  readonly #nextWord: number;
  readonly #previousWord: number;
  #heads = new Uint32Array(LISTS);
  /** The lists from before the clock went back. Their records wait for new slots. */
  readonly #abandoned: Uint32Array[] = [];
  /** Bitmaps of the slots that are not empty, two words per level. */
  readonly #filled = new Uint32Array(LEVELS * 2);
  #timeLow = 0;
  #timeHigh = 0;
  #count = 0;

  constructor(arena: Arena, layout: TimingWheelLayout, nowMs: number) {
    this.#words = arena.words;
    this.#lowWord = layout.deadlineLow >>> 2;
    this.#highWord = layout.deadlineHigh >>> 2;
    this.#nextWord = layout.next >>> 2;
    this.#previousWord = layout.previous >>> 2;
    this.#setTime(nowMs);
  }

  /** Records in the wheel. O(1). */
  get size(): number {
    return this.#count;
  }

  /**
   * Adds a record that is not in the wheel, and writes all four of its words. O(1).
   *
   * @param deadlineMs milliseconds since the epoch, whole, 0 to 2^53; a record with a past one expires at the next `advance`
   */
  insert(record: Address, deadlineMs: number): void {
    const words = this.#words[record >>> SEGMENT_SHIFT]!;
    const at = (record & SEGMENT_MASK) << 1;
    const low = deadlineMs >>> 0;
    const high = (deadlineMs - low) / WORD;
    words[at + this.#lowWord] = low;
    words[at + this.#highWord] = high;
    this.#link(record, this.#listFor(low, high));
    this.#count++;
  }

  /** Removes a record that is in the wheel. O(1). @throws Error when it finds that the record is not in it */
  remove(record: Address): void {
    this.#unlink(record);
    this.#count--;
  }

  /** Notes that a record has moved: `fresh` contains a copy of the words of `old`, which is not read. O(1). */
  move(old: Address, fresh: Address): void {
    const words = this.#words[fresh >>> SEGMENT_SHIFT]!;
    const at = (fresh & SEGMENT_MASK) << 1;
    const next = words[at + this.#nextWord]!;
    const previous = words[at + this.#previousWord]!;
    if (next !== 0) this.#setWord(next, this.#previousWord, fresh);
    if (previous !== 0) this.#setWord(previous, this.#nextWord, fresh);
    else this.#setHead(old, fresh, fresh);
  }

  /** The deadline of a record in the wheel, in milliseconds since the epoch. O(1). */
  deadlineOf(record: Address): number {
    return this.#word(record, this.#highWord) * WORD + this.#word(record, this.#lowWord);
  }

  /**
   * Moves the wheel's time to `nowMs` and calls `expire` with each record whose deadline is not after it. The record is removed before
   * the call, so `expire` may free it, insert it again, or insert and remove others. Handles at most `budget` records, which are
   * expired or moved down a level. Returns whether all is done; if not, the next call continues. The order within one millisecond,
   * and among deadlines before the last `advance`, is undefined.
   *
   * When the clock goes back, no record is lost or expires early. If it goes back by less than a second, the wheel waits until the old
   * time is reached again. Otherwise it continues from the new time, and finds new slots for all records, `budget` per call.
   */
  advance(nowMs: number, expire: (record: Address) => void, budget: number): boolean {
    let left = budget;
    const time = this.#timeHigh * WORD + this.#timeLow;
    if (nowMs < time) {
      if (nowMs > time - REWIND_MS) return true;
      this.#rewind(nowMs);
    }
    for (;;) {
      for (let record = this.#firstPending(); record !== 0; record = this.#firstPending()) {
        if (left-- <= 0) return false;
        this.#unlinkHead(PENDING, record);
        this.#link(record, this.#listFor(this.#word(record, this.#lowWord), this.#word(record, this.#highWord)));
      }
      for (let record = this.#heads[DUE]!; record !== 0; record = this.#heads[DUE]!) {
        if (left-- <= 0) return false;
        this.#unlinkHead(DUE, record);
        this.#count--;
        expire(record);
      }
      const list = this.#firstFilledSlot();
      const start = list < 0 ? Number.POSITIVE_INFINITY : this.#startOf(list);
      if (start > nowMs) break;
      this.#setTime(start);
      this.#heads[list < SLOTS ? DUE : PENDING] = this.#heads[list]!;
      this.#heads[list] = 0;
      this.#setEmpty(list);
    }
    this.#setTime(nowMs);
    return true;
  }

  /**
   * A record with the earliest deadline, or 0. Exact for deadlines within the current 64 ms, and where the earliest slot has at most 64
   * records. Otherwise the earliest of 64 records of that slot, so the error is less than the time until the slot ends. O(1).
   */
  earliest(): Address {
    const list = this.#earliestList();
    if (list < 0) return 0;
    let best = 0;
    let bestDeadline = Number.POSITIVE_INFINITY;
    let record = this.#heads[list]!;
    for (let compared = 0; record !== 0 && compared < MAX_COMPARED; compared++) {
      const deadline = this.deadlineOf(record);
      if (deadline < bestDeadline) {
        best = record;
        bestDeadline = deadline;
      }
      record = this.#word(record, this.#nextWord);
    }
    return best;
  }

  /**
   * When `advance` is needed next, in milliseconds since the epoch: the earliest deadline where `earliest` is exact, otherwise some time
   * before it; the wheel's own time if records are pending; Infinity if the wheel is empty. O(1).
   */
  nextDeadlineMs(): number {
    if (this.#firstPending() !== 0 || this.#heads[DUE] !== 0) return this.#timeHigh * WORD + this.#timeLow;
    const list = this.#firstFilledSlot();
    if (list < 0) return Number.POSITIVE_INFINITY;
    let earliest = Number.POSITIVE_INFINITY;
    let record = this.#heads[list]!;
    for (let compared = 0; record !== 0; compared++) {
      if (compared === MAX_COMPARED) return this.#startOf(list);
      earliest = Math.min(earliest, this.deadlineOf(record));
      record = this.#word(record, this.#nextWord);
    }
    return earliest;
  }

  #earliestList(): number {
    if (this.#heads[DUE] !== 0) return DUE;
    if (this.#firstPending() !== 0) return PENDING;
    return this.#firstFilledSlot();
  }

  /** The first record that needs another slot, or 0. Refills the pending list from the abandoned lists when it is empty. */
  #firstPending(): Address {
    while (this.#heads[PENDING] === 0 && this.#abandoned.length > 0) {
      const lists = this.#abandoned.at(-1)!;
      const list = lists.findIndex((head) => head !== 0);
      if (list < 0) {
        this.#abandoned.pop();
      } else {
        this.#heads[PENDING] = lists[list]!;
        lists[list] = 0;
      }
    }
    return this.#heads[PENDING]!;
  }

  #setTime(ms: number): void {
    this.#timeLow = ms >>> 0;
    this.#timeHigh = (ms - this.#timeLow) / WORD;
  }

  /** The list that a deadline belongs to at the wheel's time. */
  #listFor(low: number, high: number): number {
    const highDifference = high ^ this.#timeHigh;
    const lowDifference = low ^ this.#timeLow;
    if (highDifference === 0) {
      if (lowDifference === 0 || low < this.#timeLow) return DUE;
    } else if (high < this.#timeHigh) {
      return DUE;
    }
    const bit = highDifference !== 0 ? 63 - Math.clz32(highDifference) : 31 - Math.clz32(lowDifference);
    const level = Math.trunc(bit / LEVEL_BITS);
    const shift = level * LEVEL_BITS;
    let digit: number;
    if (shift >= 32) digit = high >>> (shift - 32);
    else if (shift + LEVEL_BITS > 32) digit = (low >>> shift) | (high << (32 - shift));
    else digit = low >>> shift;
    return (level << LEVEL_BITS) | (digit & (SLOTS - 1));
  }

  #firstFilledSlot(): number {
    for (let i = 0; i < LEVELS * 2; i++) {
      const bits = this.#filled[i]!;
      if (bits !== 0) return (i << 5) + 31 - Math.clz32(bits & -bits);
    }
    return -1;
  }

  /** The start of a slot: the wheel's time with the slot as the digit of its level, and zeros below. */
  #startOf(list: number): number {
    const width = 2 ** ((list >>> LEVEL_BITS) * LEVEL_BITS);
    const cycle = width * SLOTS;
    const time = this.#timeHigh * WORD + this.#timeLow;
    return Math.floor(time / cycle) * cycle + (list & (SLOTS - 1)) * width;
  }

  #link(record: Address, list: number): void {
    const words = this.#words[record >>> SEGMENT_SHIFT]!;
    const at = (record & SEGMENT_MASK) << 1;
    const head = this.#heads[list]!;
    words[at + this.#nextWord] = head;
    words[at + this.#previousWord] = 0;
    if (head !== 0) this.#setWord(head, this.#previousWord, record);
    else if (list < DUE) this.#filled[list >>> 5]! |= 1 << (list & 31);
    this.#heads[list] = record;
  }

  #unlink(record: Address): void {
    const words = this.#words[record >>> SEGMENT_SHIFT]!;
    const at = (record & SEGMENT_MASK) << 1;
    const next = words[at + this.#nextWord]!;
    const previous = words[at + this.#previousWord]!;
    if (next !== 0) this.#setWord(next, this.#previousWord, previous);
    if (previous !== 0) {
      this.#setWord(previous, this.#nextWord, next);
      return;
    }
    this.#setHead(record, record, next);
  }

  #unlinkHead(list: number, record: Address): void {
    const next = this.#word(record, this.#nextWord);
    this.#heads[list] = next;
    if (next !== 0) this.#setWord(next, this.#previousWord, 0);
  }

  /**
   * Makes `target`, or 0, the head of the list whose head is `record`: the list of its deadline (read from `copy`), the pending, the due
   * or an abandoned one.
   */
  #setHead(record: Address, copy: Address, target: Address): void {
    const list = this.#listFor(this.#word(copy, this.#lowWord), this.#word(copy, this.#highWord));
    if (this.#heads[list] === record) {
      this.#heads[list] = target;
      if (target === 0 && list < DUE) this.#setEmpty(list);
    } else if (this.#heads[PENDING] === record) {
      this.#heads[PENDING] = target;
    } else if (this.#heads[DUE] === record) {
      this.#heads[DUE] = target;
    } else {
      this.#setAbandonedHead(record, target);
    }
  }

  #setAbandonedHead(record: Address, target: Address): void {
    for (const lists of this.#abandoned) {
      const list = lists.indexOf(record);
      if (list < 0) continue;
      lists[list] = target;
      return;
    }
    throw new Error('the record is not in this wheel');
  }

  #setEmpty(list: number): void {
    this.#filled[list >>> 5]! &= ~(1 << (list & 31));
  }

  /** Sets an earlier time. Slots are relative to the time, so all records need new ones, which `advance` finds. O(1). */
  #rewind(nowMs: number): void {
    this.#abandoned.push(this.#heads);
    this.#heads = new Uint32Array(LISTS);
    this.#filled.fill(0);
    this.#setTime(nowMs);
  }

  #word(record: Address, word: number): number {
    return this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + word]!;
  }

  #setWord(record: Address, word: number, value: number): void {
    this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + word] = value;
  }
}
