import { PAGE_BYTES, SEGMENT_PAGES } from './page-table';

/** Words of a segment that have a bit for each of its pages. */
const WORDS = SEGMENT_PAGES >>> 5;

/** The words of 32 pages, side by side. */
enum Bits {
  used = 0,
  touched = 1,
  idle = 2,
  words = 3,
}

/** A range of pages of one segment; one object is filled again and again. */
export interface PageRange {
  first: number;
  pages: number;
}

/**
 * Three bits for each page of the segments, beside the page tables because they are read by the word:
 *
 * ```
 * used      a span or a run of pages has it
 * touched   there is memory of the host behind it
 * idle      it was touched and not used in the last round of giving back, and nobody has used it since
 * ```
 * A page that is used and not touched is an empty part of a span (see SpanMemory). Segments are named by their slots.
 */
export class PageStates {
  readonly #bits: (Int32Array | null)[] = [];
  /** Pages of ours in a page of the host; 1 also where those of the host are smaller. */
  readonly groupPages: number;

  constructor(hostPageBytes: number) {
    this.groupPages = Math.max(1, hostPageBytes / PAGE_BYTES);
  }

  /** A segment that is new in its slot: no page is used or touched. O(pages / 32). */
  add(slot: number): void {
    this.#bits[slot] = new Int32Array(Bits.words * WORDS);
  }

  /** The segment is gone. O(1). */
  remove(slot: number): void {
    this.#bits[slot] = null;
  }

  /** Whether the slot holds a segment with pages. O(1). */
  has(slot: number): boolean {
    return (this.#bits[slot] ?? null) !== null;
  }

  /** Pages come into use, and memory behind them. Returns how many of them were not touched before. O(pages / 32). */
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

  /** Pages are used no more; what is behind them stays. Returns how many of them are touched. O(pages / 32). */
  release(slot: number, first: number, pages: number): number {
    const bits = this.#bits[slot]!;
    const last = first + pages - 1;
    let behind = pages;
    for (let word = first >>> 5, at = word * Bits.words; word <= last >>> 5; word++, at += Bits.words) {
      const mask = maskIn(word, first, last);
      const untouched = mask & ~bits[at + Bits.touched]!;
      bits[at + Bits.used]! &= ~mask;
      if (untouched !== 0) behind -= countBits(untouched);
    }
    return behind;
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

  /** There is no memory behind these pages any more. Returns how many of them were touched. O(pages / 32). */
  untouch(slot: number, first: number, pages: number): number {
    const bits = this.#bits[slot]!;
    const last = first + pages - 1;
    let gone = 0;
    for (let word = first >>> 5, at = word * Bits.words; word <= last >>> 5; word++, at += Bits.words) {
      const mask = maskIn(word, first, last);
      gone += countBits(mask & bits[at + Bits.touched]!);
      bits[at + Bits.touched]! &= ~mask;
      bits[at + Bits.idle]! &= ~mask;
    }
    return gone;
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
   * Finds the next pages from `from` on, some `most` of them, that can go back to the host: whole pages of the host that nothing uses, and
   * idle ones among them or, with `evenFresh`, touched ones. False if there are none in the segment. O(pages / 32).
   */
  findSurplus(slot: number, from: number, most: number, evenFresh: boolean, into: PageRange): boolean {
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
      // The run that goes on from the word before, or begins in this one.
      const start = pages > 0 ? 0 : 31 - Math.clz32(surplus & -surplus);
      if (pages > 0 && (surplus & 1) === 0) break;
      if (pages === 0) into.first = (word << 5) + start;
      const gap = ~surplus & (-1 << start);
      const end = gap === 0 ? 32 : 31 - Math.clz32(gap & -gap);
      pages += end - start;
      if (end < 32 || pages >= most) break;
    }
    into.pages = pages;
    return pages > 0;
  }

  /** Marks as idle what is touched and not used. Returns whether any of it was not marked before. O(pages / 32). */
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

  /** Of the pages in a word, those of whole groups that nothing uses, that have a page of `surplus` and else only such or untouched ones. */
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
