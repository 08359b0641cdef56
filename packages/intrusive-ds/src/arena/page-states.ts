import { PAGE_BYTES, SEGMENT_PAGES } from './page-table';

/** How many words have one bit for each page of a segment. */
const WORDS = SEGMENT_PAGES >>> 5;

/** The words of 32 pages, side by side. */
enum Bits {
  used = 0,
  touched = 1,
  idle = 2,
  words = 3,
}

/** A range of pages of one segment; the same object is reused for each result. */
export interface PageRange {
  first: number;
  pages: number;
}

/**
 * Three bits for each page of the segments. They are not in the page tables, because they are read 32 at a time:
 *
 * ```
 * used      a span or a run of pages contains it
 * touched   there is memory of the host behind it
 * idle      it was touched and not used in the last round of discarding, and was not used since
 * ```
 * A page that is used and not touched is an empty part of a span (see SpanMemory). Segments are named by their slots.
 */
export class PageStates {
  readonly #bits: (Int32Array | null)[] = [];
  /** How many pages of ours a page of the host has; 1 also where pages of the host are smaller. */
  readonly groupPages: number;

  constructor(hostPageBytes: number) {
    this.groupPages = Math.max(1, hostPageBytes / PAGE_BYTES);
  }

  /** Adds a segment: none of its pages is used or touched. O(pages / 32). */
  add(slot: number): void {
    this.#bits[slot] = new Int32Array(Bits.words * WORDS);
  }

  /** Removes a segment. O(1). */
  remove(slot: number): void {
    this.#bits[slot] = null;
  }

  /** Whether the slot holds a segment with pages. O(1). */
  has(slot: number): boolean {
    return (this.#bits[slot] ?? null) !== null;
  }

  /** Marks pages as used and touched. Returns how many of them were not touched before. O(pages / 32). */
  take(slot: number, first: number, pages: number): number {
    const bits = this.#bits[slot]!;
    const last = first + pages - 1;
    let fresh = 0;
    for (let word = first >>> 5, at = word * Bits.words; word <= last >>> 5; word++, at += Bits.words) {
      const mask = maskIn(word, first, last);
      const untouched = mask & ~bits[at + Bits.touched]!;
      bits[at + Bits.used]! |= mask;
      bits[at + Bits.idle]! &= ~mask;
      if (untouched === 0) continue;
      bits[at + Bits.touched]! |= mask;
      fresh += countBits(untouched);
    }
    return fresh;
  }

  /** Marks pages as unused; they stay touched. Returns how many of them are touched. O(pages / 32). */
  release(slot: number, first: number, pages: number): number {
    const bits = this.#bits[slot]!;
    const last = first + pages - 1;
    let touched = pages;
    for (let word = first >>> 5, at = word * Bits.words; word <= last >>> 5; word++, at += Bits.words) {
      const mask = maskIn(word, first, last);
      const untouched = mask & ~bits[at + Bits.touched]!;
      bits[at + Bits.used]! &= ~mask;
      if (untouched !== 0) touched -= countBits(untouched);
    }
    return touched;
  }

  /** How many of these pages have memory behind them. O(pages / 32). */
  countTouched(slot: number, first: number, pages: number): number {
    const bits = this.#bits[slot]!;
    const last = first + pages - 1;
    let count = 0;
    for (let word = first >>> 5; word <= last >>> 5; word++) {
      count += countBits(maskIn(word, first, last) & bits[word * Bits.words + Bits.touched]!);
    }
    return count;
  }

  /** Marks pages as untouched. Returns how many of them were touched. O(pages / 32). */
  untouch(slot: number, first: number, pages: number): number {
    const bits = this.#bits[slot]!;
    const last = first + pages - 1;
    let count = 0;
    for (let word = first >>> 5, at = word * Bits.words; word <= last >>> 5; word++, at += Bits.words) {
      const mask = maskIn(word, first, last);
      count += countBits(mask & bits[at + Bits.touched]!);
      bits[at + Bits.touched]! &= ~mask;
      bits[at + Bits.idle]! &= ~mask;
    }
    return count;
  }

  /** Which of 1 to 32 pages have no memory behind them, the first one in bit 0. O(1). */
  untouchedMask(slot: number, first: number, pages: number): number {
    const bits = this.#bits[slot]!;
    const at = (first >>> 5) * Bits.words + Bits.touched;
    const shift = first & 31;
    const low = bits[at]! >>> shift;
    const high = shift + pages <= 32 ? 0 : bits[at + Bits.words]! << (32 - shift);
    return ~(low | high) & (-1 >>> (32 - pages));
  }

  /**
   * Finds the next run of pages from `from` on, of about `max` pages, that can go back to the host: whole unused pages of the host with
   * idle pages in them or, with `evenFresh`, touched pages. Returns false if there are none in the segment. O(pages / 32).
   */
  findSurplus(slot: number, from: number, max: number, evenFresh: boolean, into: PageRange): boolean {
    const bits = this.#bits[slot]!;
    let pages = 0;
    for (let word = from >>> 5, at = word * Bits.words; word < WORDS; word++, at += Bits.words) {
      const used = bits[at + Bits.used]!;
      const touched = bits[at + Bits.touched]!;
      let surplus = evenFresh ? touched & ~used : bits[at + Bits.idle]!;
      if (word === from >>> 5) surplus &= -1 << from;
      if (surplus !== 0 && this.groupPages > 1) surplus = this.#wholeGroups(surplus, used, touched);
      if (surplus === 0) {
        if (pages > 0) break;
        continue;
      }
      // The run continues from the word before, or begins in this one.
      const start = pages > 0 ? 0 : 31 - Math.clz32(surplus & -surplus);
      if (pages > 0 && (surplus & 1) === 0) break;
      if (pages === 0) into.first = (word << 5) + start;
      const gap = ~surplus & (-1 << start);
      const end = gap === 0 ? 32 : 31 - Math.clz32(gap & -gap);
      pages += end - start;
      if (end < 32 || pages >= max) break;
    }
    into.pages = pages;
    return pages > 0;
  }

  /** Marks touched, unused pages as idle. Returns whether any of them was not idle before. O(pages / 32). */
  age(slot: number): boolean {
    const bits = this.#bits[slot]!;
    let any = 0;
    for (let at = 0; at < bits.length; at += Bits.words) {
      const surplus = bits[at + Bits.touched]! & ~bits[at + Bits.used]!;
      any |= surplus & ~bits[at + Bits.idle]!;
      bits[at + Bits.idle] = surplus;
    }
    return any !== 0;
  }

  /** The pages of a word in whole unused groups that have a page of `surplus`, and otherwise only untouched pages. */
  #wholeGroups(surplus: number, used: number, touched: number): number {
    const { groupPages } = this;
    if (groupPages === 32) return used === 0 && (touched & ~surplus) === 0 ? -1 : 0;
    const groupMask = (1 << groupPages) - 1;
    let whole = 0;
    for (let shift = 0; shift < 32; shift += groupPages) {
      const group = groupMask << shift;
      if ((surplus & group) !== 0 && (used & group) === 0 && (touched & ~surplus & group) === 0) whole |= group;
    }
    return whole;
  }
}

/** The bits of the pages from `first` to `last` in a word that has some of them. */
function maskIn(word: number, first: number, last: number): number {
  const low = word === first >>> 5 ? -1 << (first & 31) : -1;
  const high = word === last >>> 5 ? -1 >>> (31 - (last & 31)) : -1;
  return low & high;
}

function countBits(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
