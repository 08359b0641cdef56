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
import { Segments } from './segments';

const EXACT_BINS = 32;
const BIN_COUNT = 72;
/** How many runs of the request's own (inexact) bin are looked at before a larger bin is taken. */
const FIT_ATTEMPTS = 8;

/** Bins hold one length each up to 32 pages, then a quarter of a doubling. */
function binOf(pages: number): number {
  if (pages <= EXACT_BINS) return pages;
  const log2 = 31 - Math.clz32(pages);
  return EXACT_BINS + ((log2 - 5) << 2) + ((pages >>> (log2 - 2)) & 3) + 1;
}

/**
 * The free pages of all segments, as runs in bins by length, with a bitmap of the bins that hold any. A request takes from the
 * smallest bin that fits, so that the untouched end of a segment is broken into last; neighbours coalesce when they come free.
 * A segment of which nothing is used is dropped, but for one spare.
 */
export class PagePool {
  readonly segments = new Segments();
  private readonly bins = new Uint32Array(BIN_COUNT);
  private readonly filled = new Uint32Array(3);
  private readonly limitPages: number;
  private touched = 0;
  private spare = -1;

  constructor(limitBytes: number) {
    this.limitPages = Math.floor(limitBytes / PAGE_BYTES);
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
      if (this.touched + growth > this.limitPages) throw new ArenaFullError('the limit of the arena is reached');
      words[SegmentWord.touchedPages]! += growth;
      this.touched += growth;
    }
    const length = words[(index << 2) + Run.pages]!;
    this.unlink(page, length);
    if (length > pages) this.link(page + pages, length - pages);
    if (words[SegmentWord.usedPages] === 0 && this.spare === page >>> PAGE_SEGMENT_SHIFT) this.spare = -1;
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
    if (this.touched + pages > this.limitPages) throw new ArenaFullError('the limit of the arena is reached');
    const slot = this.segments.addHuge(pages * PAGE_BYTES);
    this.touched += pages;
    return slot;
  }

  /** Gives the buffer of a huge object back to the host. */
  freeHuge(slot: number): void {
    this.touched -= this.segments.bytes[slot]!.length / PAGE_BYTES;
    this.segments.drop(slot);
  }

  /** Gives the spare segment back to the host. */
  trim(): void {
    if (this.spare >= 0) this.drop(this.spare);
    this.spare = -1;
  }

  private addSegment(): void {
    if (this.touched + TABLE_PAGES > this.limitPages) throw new ArenaFullError('the limit of the arena is reached');
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
    this.drop(Math.max(slot, this.spare));
    this.spare = Math.min(slot, this.spare);
  }

  private drop(slot: number): void {
    this.unlink((slot << PAGE_SEGMENT_SHIFT) | TABLE_PAGES, LONGEST_RUN_PAGES);
    this.touched -= this.segments.words[slot]![SegmentWord.touchedPages]!;
    this.segments.drop(slot);
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
