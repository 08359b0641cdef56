import { ArenaFullError } from './arena-errors';
import type { ArenaHost } from './arena-host';
import { PageStates } from './page-states';
import {
  FREE_KIND,
  KIND_SHIFT,
  MAX_RUN_PAGES,
  PAGE_BYTES,
  PAGE_MASK,
  PAGE_SEGMENT_SHIFT,
  Run,
  SEGMENT_PAGES,
  SegmentWord,
  TABLE_PAGES,
} from './page-table';
import { reportDroppedBytes, Segments } from './segments';

const EXACT_BINS = 32;
const BIN_COUNT = 72;
/** How many runs of the request's own (inexact) bin are tried before a larger bin is used. */
const MAX_FIT_ATTEMPTS = 8;

/** Bins hold one length each up to 32 pages, then a quarter of a doubling. */
function binOf(pages: number): number {
  if (pages <= EXACT_BINS) return pages;
  const log2 = 31 - Math.clz32(pages);
  return EXACT_BINS + ((log2 - 5) << 2) + ((pages >>> (log2 - 2)) & 3) + 1;
}

/**
 * The free pages of all segments, as runs in bins by length, with a bitmap of the bins that are not empty. A request takes from the
 * smallest bin that fits, so the untouched end of a segment is used last. Neighbouring free runs coalesce. Where the host can discard
 * memory, segments stay, and empty pages go back one by one (see Sweep). Elsewhere one unused segment is kept as a spare, and others
 * are dropped.
 */
export class PagePool {
  readonly segments: Segments;
  readonly states: PageStates;
  /** Gives back all memory that is not used, because the limit is near; returns whether there was any. */
  onShortage: () => boolean = () => false;
  readonly #bins = new Uint32Array(BIN_COUNT);
  readonly #filled = new Uint32Array(3);
  readonly #limitPages: number;
  readonly #host: ArenaHost | null;
  readonly #remains: Buffer[] = [];
  #touched = 0;
  #used = 0;
  #spare = -1;

  constructor(limitBytes: number, host: ArenaHost | null) {
    this.#limitPages = Math.floor(limitBytes / PAGE_BYTES);
    this.#host = host;
    this.segments = new Segments(host);
    this.states = new PageStates(host?.pageBytes ?? PAGE_BYTES);
  }

  /** Pages taken from the host and not given back: see `Arena.reserved`. O(1). */
  get touchedPages(): number {
    return this.#touched;
  }

  /** Touched pages with records or page tables. O(1). */
  get usedPages(): number {
    return this.#used;
  }

  /**
   * Allocates `pages` (1 to MAX_RUN_PAGES) neighbouring pages and returns the name of the first one. O(1).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  allocate(pages: number): number {
    let page = this.#findFit(pages);
    if (page === 0) {
      this.#addSegment();
      page = this.#findFit(pages);
    }
    const slot = page >>> PAGE_SEGMENT_SHIFT;
    const words = this.segments.words[slot]!;
    const index = page & PAGE_MASK;
    if (this.#touched + pages > this.#limitPages && !this.#fits(slot, index, pages)) {
      if (this.onShortage()) return this.allocate(pages);
      throw new ArenaFullError('the limit of the arena is reached');
    }
    const length = words[(index << 2) + Run.pages]!;
    this.#unlink(page, length);
    if (length > pages) this.#link(page + pages, length - pages);
    if (words[SegmentWord.usedPages] === 0 && this.#spare === slot) this.#spare = -1;
    words[SegmentWord.usedPages]! += pages;
    this.#used += pages;
    this.#touched += this.states.take(slot, index, pages);
    return page;
  }

  /** Frees a whole run that `allocate` returned. O(1). */
  free(page: number, pages: number): void {
    const slot = page >>> PAGE_SEGMENT_SHIFT;
    const words = this.segments.words[slot]!;
    let first = page & PAGE_MASK;
    let length = pages;
    this.#used -= this.states.release(slot, first, pages);
    const before = words[(first - 1) << 2]!;
    if (before >>> KIND_SHIFT === FREE_KIND) {
      const run = before & PAGE_MASK;
      this.#unlink((slot << PAGE_SEGMENT_SHIFT) | run, first - run);
      length += first - run;
      first = run;
    }
    const end = first + length;
    if (end < SEGMENT_PAGES && words[end << 2]! >>> KIND_SHIFT === FREE_KIND) {
      const following = words[(end << 2) + Run.pages]!;
      this.#unlink((slot << PAGE_SEGMENT_SHIFT) | end, following);
      length += following;
    }
    this.#link((slot << PAGE_SEGMENT_SHIFT) | first, length);
    words[SegmentWord.usedPages]! -= pages;
    if (length === MAX_RUN_PAGES && this.#host === null) this.#retire(slot);
  }

  /**
   * Returns a slot with a buffer for one record that is larger than a segment. O(1).
   * @throws ArenaFullError when there is no memory or no slot; nothing has changed then
   */
  allocateHuge(bytes: number): number {
    const pages = Math.ceil(bytes / PAGE_BYTES);
    this.#requirePages(pages);
    const slot = this.segments.addHuge(pages * PAGE_BYTES);
    this.#touched += pages;
    this.#used += pages;
    return slot;
  }

  /** Gives the buffer of a huge record back to the host; where the host can discard, `discardRemains` does it in steps. O(1). */
  freeHuge(slot: number): void {
    const bytes = this.segments.bytes[slot]!;
    const pages = bytes.length / PAGE_BYTES;
    this.segments.vacate(slot);
    this.#used -= pages;
    if (this.#host !== null) {
      this.#remains.push(bytes);
    } else {
      this.#touched -= pages;
      reportDroppedBytes(bytes.length);
    }
  }

  /** Whether the slot holds a segment that is divided into pages. O(1). */
  isPaged(slot: number): boolean {
    return this.states.has(slot);
  }

  /** Gives up to `max` pages from the end of a freed huge record back to the host. Returns false if there is none. O(max). */
  discardRemains(max: number): boolean {
    const bytes = this.#remains.pop();
    if (bytes === undefined) return false;
    const left = Math.max(0, bytes.length - max * PAGE_BYTES);
    this.#host!.discard(bytes.subarray(left));
    this.#touched -= (bytes.length - left) / PAGE_BYTES;
    if (left > 0) this.#remains.push(bytes.subarray(0, left));
    else reportDroppedBytes(bytes.buffer.byteLength);
    return true;
  }

  /** Gives the memory behind free pages back to the host. O(pages). */
  discardFree(slot: number, first: number, pages: number): void {
    this.#host!.discard(this.segments.bytes[slot]!.subarray(first * PAGE_BYTES, (first + pages) * PAGE_BYTES));
    this.#touched -= this.states.untouch(slot, first, pages);
  }

  /** Gives the memory behind used pages without live records back to the host. O(pages). */
  discardUsed(slot: number, first: number, pages: number): void {
    this.#host!.discard(this.segments.bytes[slot]!.subarray(first * PAGE_BYTES, (first + pages) * PAGE_BYTES));
    const dropped = this.states.untouch(slot, first, pages);
    this.#touched -= dropped;
    this.#used -= dropped;
  }

  /**
   * Takes memory for used pages that `discardUsed` has given back. O(pages / 32).
   * @throws ArenaFullError when the limit is reached; nothing has changed then
   */
  touchUsed(slot: number, first: number, pages: number): void {
    if (this.#touched + pages > this.#limitPages && !this.#fits(slot, first, pages)) {
      if (!this.onShortage() || !this.#fits(slot, first, pages))
        throw new ArenaFullError('the limit of the arena is reached');
    }
    const fresh = this.states.take(slot, first, pages);
    this.#touched += fresh;
    this.#used += fresh;
  }

  /** Drops all unused segments. O(segments). */
  dropUnused(): void {
    const { words } = this.segments;
    for (let slot = 0; slot < words.length; slot++) {
      if (this.isPaged(slot) && words[slot]![SegmentWord.usedPages] === 0) this.#drop(slot);
    }
    this.#spare = -1;
  }

  /** Whether these pages can be used within the limit. */
  #fits(slot: number, first: number, pages: number): boolean {
    return this.#touched + pages - this.states.countTouched(slot, first, pages) <= this.#limitPages;
  }

  #requirePages(pages: number): void {
    if (this.#touched + pages > this.#limitPages) this.onShortage();
    if (this.#touched + pages > this.#limitPages) throw new ArenaFullError('the limit of the arena is reached');
  }

  #addSegment(): void {
    this.#requirePages(TABLE_PAGES);
    const slot = this.segments.addSegment();
    this.states.add(slot);
    this.#touched += TABLE_PAGES;
    this.#used += TABLE_PAGES;
    this.#link((slot << PAGE_SEGMENT_SHIFT) | TABLE_PAGES, MAX_RUN_PAGES);
    this.#spare = slot;
  }

  /** Of two unused segments, the one with the lower slot becomes the spare: records that live long gather at low addresses. */
  #retire(slot: number): void {
    if (this.#spare < 0) {
      this.#spare = slot;
      return;
    }
    const surplus = Math.max(slot, this.#spare);
    this.#spare = Math.min(slot, this.#spare);
    this.#drop(surplus);
  }

  #drop(slot: number): void {
    this.#unlink((slot << PAGE_SEGMENT_SHIFT) | TABLE_PAGES, MAX_RUN_PAGES);
    this.#touched -= TABLE_PAGES + this.states.countTouched(slot, TABLE_PAGES, MAX_RUN_PAGES);
    this.#used -= TABLE_PAGES;
    this.states.remove(slot);
    reportDroppedBytes(this.segments.bytes[slot]!.length);
    this.segments.vacate(slot);
  }

  #findFit(pages: number): number {
    const bin = binOf(pages);
    if (bin > EXACT_BINS) {
      let page = this.#bins[bin]!;
      for (let attempt = 0; page !== 0 && attempt < MAX_FIT_ATTEMPTS; attempt++) {
        const words = this.segments.words[page >>> PAGE_SEGMENT_SHIFT]!;
        const entry = (page & PAGE_MASK) << 2;
        if (words[entry + Run.pages]! >= pages) return page;
        page = words[entry + Run.next]!;
      }
    }
    const fitting = this.#nextFilledBin(bin > EXACT_BINS ? bin + 1 : bin);
    return fitting < BIN_COUNT ? this.#bins[fitting]! : 0;
  }

  #nextFilledBin(from: number): number {
    let group = from >>> 5;
    let bits = this.#filled[group]! & (-1 << (from & 31));
    while (bits === 0) {
      group++;
      if (group === this.#filled.length) return BIN_COUNT;
      bits = this.#filled[group]!;
    }
    return (group << 5) + 31 - Math.clz32(bits & -bits);
  }

  #link(page: number, length: number): void {
    const words = this.segments.words[page >>> PAGE_SEGMENT_SHIFT]!;
    const index = page & PAGE_MASK;
    const bin = binOf(length);
    const next = this.#bins[bin]!;
    const mark = ((FREE_KIND << KIND_SHIFT) | index) >>> 0;
    words[index << 2] = mark;
    words[(index << 2) + Run.pages] = length;
    words[(index << 2) + Run.next] = next;
    words[(index << 2) + Run.previous] = 0;
    words[(index + length - 1) << 2] = mark;
    if (next !== 0) this.segments.words[next >>> PAGE_SEGMENT_SHIFT]![((next & PAGE_MASK) << 2) + Run.previous] = page;
    this.#bins[bin] = page;
    this.#filled[bin >>> 5]! |= 1 << (bin & 31);
  }

  #unlink(page: number, length: number): void {
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
    this.#bins[bin] = next;
    if (next === 0) this.#filled[bin >>> 5]! &= ~(1 << (bin & 31));
  }
}
