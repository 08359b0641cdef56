import { ArenaFullError } from './arena-errors';
import {
  FREE_KIND,
  KIND_SHIFT,
  LONGEST_RUN_PAGES,
  PAGE_BYTES,
  PAGE_MASK,
  PAGE_SEGMENT_SHIFT,
  Run,
  SEGMENT_PAGES,
  SegmentWord,
  TABLE_PAGES,
} from './page-table';
import { feelTheWeightOf, Segments } from './segments';

const EXACT_BINS = 32;
const BIN_COUNT = 72;
/** How many runs of the request's own (inexact) bin are looked at before a larger bin is taken. */
const FIT_ATTEMPTS = 8;
/** Pages that go back to the host at once. */
const DISCARDED_AT_ONCE = 256;
/**
 * Pages behind those that are discarded again with them. Where pages of the host begin elsewhere than ours, or are larger (up to
 * 64 KiB), one lies across each seam, and is whole only together with what was discarded before.
 */
const SEAM_PAGES = 16;

/** The buffer of a huge object that is gone. */
interface Remains {
  readonly bytes: Buffer;
  /** Pages that have not been discarded: the first ones. */
  pages: number;
}

/** Bins hold one length each up to 32 pages, then a quarter of a doubling. */
function binOf(pages: number): number {
  if (pages <= EXACT_BINS) return pages;
  const log2 = 31 - Math.clz32(pages);
  return EXACT_BINS + ((log2 - 5) << 2) + ((pages >>> (log2 - 2)) & 3) + 1;
}

/**
 * The free pages of all segments, as runs in bins by length, with a bitmap of the bins that hold any. A request takes from the
 * smallest bin that fits, so that the untouched end of a segment is broken into last; neighbours coalesce when they come free.
 * A segment of which nothing is used is dropped, but for one spare; where the host can discard memory, it is kept without any.
 */
export class PagePool {
  readonly segments = new Segments();
  private readonly bins = new Uint32Array(BIN_COUNT);
  private readonly filled = new Uint32Array(3);
  private readonly limitPages: number;
  private touched = 0;
  private spare = -1;
  private readonly discard: ((bytes: Uint8Array) => void) | null;
  /** Unused segments, but for the spare one, that still have memory behind them. They stay in their bins. */
  private readonly emptied = new Set<number>();
  /** Unused segments whose memory was discarded; so do they. */
  private readonly discarded = new Set<number>();
  private readonly remains: Remains[] = [];

  constructor(limitBytes: number, discard: ((bytes: Uint8Array) => void) | null) {
    this.limitPages = Math.floor(limitBytes / PAGE_BYTES);
    this.discard = discard;
  }

  /** Pages that the host had to give so far: see `Arena.reserved`. O(1). */
  get touchedPages(): number {
    return this.touched;
  }

  /** Takes `pages` (1 to LONGEST_RUN_PAGES) neighbouring pages and answers the first one's name. Throws ArenaFullError. O(1). */
  allocate(pages: number): number {
    let page = this.findFit(pages);
    if (page === 0) {
      this.addSegment();
      page = this.findFit(pages);
    }
    const words = this.segments.words[page >>> PAGE_SEGMENT_SHIFT]!;
    const index = page & PAGE_MASK;
    const growth = index + pages - words[SegmentWord.touchedPages]!;
    if (growth > 0) {
      if (this.touched + growth > this.limitPages) {
        if (this.holdsSurplus) {
          this.discardAll();
          return this.allocate(pages);
        }
        throw new ArenaFullError('the limit of the arena is reached');
      }
      words[SegmentWord.touchedPages]! += growth;
      this.touched += growth;
    }
    const length = words[(index << 2) + Run.pages]!;
    this.unlink(page, length);
    if (length > pages) this.link(page + pages, length - pages);
    if (words[SegmentWord.usedPages] === 0) this.claim(page >>> PAGE_SEGMENT_SHIFT);
    words[SegmentWord.usedPages]! += pages;
    return page;
  }

  /** Takes back a run that `allocate` gave, whole. O(1). */
  free(page: number, pages: number): void {
    const slot = page >>> PAGE_SEGMENT_SHIFT;
    const words = this.segments.words[slot]!;
    let first = page & PAGE_MASK;
    let length = pages;
    const before = words[(first - 1) << 2]!;
    if (before >>> KIND_SHIFT === FREE_KIND) {
      const run = before & PAGE_MASK;
      this.unlink((slot << PAGE_SEGMENT_SHIFT) | run, first - run);
      length += first - run;
      first = run;
    }
    const end = first + length;
    if (end < SEGMENT_PAGES && words[end << 2]! >>> KIND_SHIFT === FREE_KIND) {
      const following = words[(end << 2) + Run.pages]!;
      this.unlink((slot << PAGE_SEGMENT_SHIFT) | end, following);
      length += following;
    }
    this.link((slot << PAGE_SEGMENT_SHIFT) | first, length);
    words[SegmentWord.usedPages]! -= pages;
    if (length === LONGEST_RUN_PAGES) this.retire(slot);
  }

  /** Takes a slot for one object that is larger than a segment. Throws ArenaFullError. */
  allocateHuge(bytes: number): number {
    const pages = Math.ceil(bytes / PAGE_BYTES);
    this.requireRoom(pages);
    const slot = this.segments.addHuge(pages * PAGE_BYTES);
    this.touched += pages;
    return slot;
  }

  /** Gives the buffer of a huge object back to the host, by and by if it can discard. */
  freeHuge(slot: number): void {
    const bytes = this.segments.bytes[slot]!;
    const pages = bytes.length / PAGE_BYTES;
    this.segments.vacate(slot);
    if (this.discard !== null) {
      this.remains.push({ bytes, pages });
    } else {
      this.touched -= pages;
      feelTheWeightOf(bytes.length);
    }
  }

  /** See `Arena.discardSome`. */
  discardSome(): boolean {
    const { discard } = this;
    if (discard === null) return true;
    const remains = this.remains.at(-1);
    if (remains !== undefined) {
      const { bytes, pages } = remains;
      remains.pages = this.discardEnd(discard, bytes, pages, 0);
      if (remains.pages === 0) {
        this.remains.pop();
        feelTheWeightOf(bytes.length);
      }
    } else {
      for (const slot of this.emptied) {
        const words = this.segments.words[slot]!;
        const pages = words[SegmentWord.touchedPages]!;
        words[SegmentWord.touchedPages] = this.discardEnd(discard, this.segments.bytes[slot]!, pages, TABLE_PAGES);
        if (words[SegmentWord.touchedPages] === TABLE_PAGES) {
          // Of its table, only the marks of the first and the last free page are needed, and those of the segment itself.
          discard(this.segments.bytes[slot]!.subarray(PAGE_BYTES, (TABLE_PAGES - 1) * PAGE_BYTES));
          this.emptied.delete(slot);
          this.discarded.add(slot);
        }
        break;
      }
    }
    return !this.holdsSurplus;
  }

  /** Gives all unused memory back to the host. O(segments). */
  trim(): void {
    this.discardAll();
    if (this.spare >= 0) this.drop(this.spare);
    this.spare = -1;
    for (const slot of this.discarded) this.drop(slot);
    this.discarded.clear();
  }

  private get holdsSurplus(): boolean {
    return this.emptied.size > 0 || this.remains.length > 0;
  }

  private discardAll(): void {
    while (!this.discardSome());
  }

  /** Discards the last of the first `pages` pages, but none of the first `least`. Returns how many of them are left. */
  private discardEnd(discard: (bytes: Uint8Array) => void, bytes: Buffer, pages: number, least: number): number {
    const left = Math.max(least, pages - DISCARDED_AT_ONCE);
    discard(bytes.subarray(left * PAGE_BYTES, (pages + SEAM_PAGES) * PAGE_BYTES));
    this.touched -= pages - left;
    return left;
  }

  private requireRoom(pages: number): void {
    if (this.touched + pages > this.limitPages) this.discardAll();
    if (this.touched + pages > this.limitPages) throw new ArenaFullError('the limit of the arena is reached');
  }

  /** An unused segment comes into use. */
  private claim(slot: number): void {
    if (this.spare === slot) this.spare = -1;
    this.emptied.delete(slot);
    this.discarded.delete(slot);
  }

  private addSegment(): void {
    this.requireRoom(TABLE_PAGES);
    const slot = this.segments.addSegment();
    this.segments.words[slot]![SegmentWord.touchedPages] = TABLE_PAGES;
    this.touched += TABLE_PAGES;
    this.link((slot << PAGE_SEGMENT_SHIFT) | TABLE_PAGES, LONGEST_RUN_PAGES);
    this.spare = slot;
  }

  /** Of two unused segments the one with the lower slot stays, so that what lives long gathers at low addresses. */
  private retire(slot: number): void {
    if (this.spare < 0) {
      this.spare = slot;
      return;
    }
    const surplus = Math.max(slot, this.spare);
    this.spare = Math.min(slot, this.spare);
    if (this.discard === null) this.drop(surplus);
    else this.emptied.add(surplus);
  }

  private drop(slot: number): void {
    this.unlink((slot << PAGE_SEGMENT_SHIFT) | TABLE_PAGES, LONGEST_RUN_PAGES);
    this.touched -= this.segments.words[slot]![SegmentWord.touchedPages]!;
    feelTheWeightOf(this.segments.bytes[slot]!.length);
    this.segments.vacate(slot);
  }

  private findFit(pages: number): number {
    const bin = binOf(pages);
    if (bin > EXACT_BINS) {
      let page = this.bins[bin]!;
      for (let attempt = 0; page !== 0 && attempt < FIT_ATTEMPTS; attempt++) {
        const words = this.segments.words[page >>> PAGE_SEGMENT_SHIFT]!;
        const entry = (page & PAGE_MASK) << 2;
        if (words[entry + Run.pages]! >= pages) return page;
        page = words[entry + Run.next]!;
      }
    }
    const fitting = this.nextFilledBin(bin > EXACT_BINS ? bin + 1 : bin);
    return fitting < BIN_COUNT ? this.bins[fitting]! : 0;
  }

  private nextFilledBin(from: number): number {
    let group = from >>> 5;
    let bits = this.filled[group]! & (-1 << (from & 31));
    while (bits === 0) {
      group++;
      if (group === this.filled.length) return BIN_COUNT;
      bits = this.filled[group]!;
    }
    return (group << 5) + 31 - Math.clz32(bits & -bits);
  }

  private link(page: number, length: number): void {
    const words = this.segments.words[page >>> PAGE_SEGMENT_SHIFT]!;
    const index = page & PAGE_MASK;
    const bin = binOf(length);
    const next = this.bins[bin]!;
    const mark = ((FREE_KIND << KIND_SHIFT) | index) >>> 0;
    words[index << 2] = mark;
    words[(index << 2) + Run.pages] = length;
    words[(index << 2) + Run.next] = next;
    words[(index << 2) + Run.previous] = 0;
    words[(index + length - 1) << 2] = mark;
    if (next !== 0) this.segments.words[next >>> PAGE_SEGMENT_SHIFT]![((next & PAGE_MASK) << 2) + Run.previous] = page;
    this.bins[bin] = page;
    this.filled[bin >>> 5]! |= 1 << (bin & 31);
  }

  private unlink(page: number, length: number): void {
    const words = this.segments.words[page >>> PAGE_SEGMENT_SHIFT]!;
    const entry = (page & PAGE_MASK) << 2;
    const next = words[entry + Run.next]!;
    const previous = words[entry + Run.previous]!;
    if (next !== 0) {
      this.segments.words[next >>> PAGE_SEGMENT_SHIFT]![((next & PAGE_MASK) << 2) + Run.previous] = previous;
    }
    if (previous !== 0) {
      this.segments.words[previous >>> PAGE_SEGMENT_SHIFT]![((previous & PAGE_MASK) << 2) + Run.next] = next;
      return;
    }
    const bin = binOf(length);
    this.bins[bin] = next;
    if (next === 0) this.filled[bin >>> 5]! &= ~(1 << (bin & 31));
  }
}
