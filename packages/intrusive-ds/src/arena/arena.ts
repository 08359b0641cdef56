import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from './address';
import { ArenaError, ArenaFullError } from './arena-errors';
import { LiveRecords } from './live-records';
import { PagePool } from './page-pool';
import {
  KIND_SHIFT,
  LONGEST_RUN_PAGES,
  PAGE_BYTES,
  PAGE_MASK,
  PAGE_SEGMENT_SHIFT,
  PAGE_SHIFT,
  PAGE_UNITS,
  RUN_KIND,
  Run,
  Span,
} from './page-table';
import { CLASS_COUNT, CLASS_UNITS, CLASSED_BYTES_LIMIT, coarseClassOf, FINE_BYTES_LIMIT } from './size-classes';
import { SPAN_PAGES } from './span-pages';

/** What an arena can be told at its start. */
export interface ArenaOptions {
  /** Most bytes that the arena may take from the host (as `reserved` counts them). Default: none but the 32 GiB in reach. */
  readonly limitBytes?: number;
  /**
   * Fill records with rubbish when they are handed out and freed, and throw ArenaError at a double free, at a foreign address and
   * at a record that was written to after it was freed. For tests: about 20 times slower, and a Set entry for each record.
   */
  readonly debug?: boolean;
  /**
   * Gives the memory behind these bytes back to the host and keeps the addresses, as madvise(MADV_DONTNEED) does; what the bytes
   * read then is undefined. With it, memory that comes empty is not left to V8, which unmaps whole buffers while the thread waits
   * (some 5 ms for 64 MiB), but goes back bit by bit: see `Arena.discardSome`.
   */
  readonly discard?: ((bytes: Uint8Array) => void) | null;
}

/** The most bytes of one record: what Node 20 can put behind one typed array. */
const HUGE_BYTES_LIMIT = 2 ** 32;

/**
 * Memory for records outside of the V8 heap: segments of 64 MiB SharedArrayBuffer that never move, cut into records by size class.
 * A record is named by its Address and is always a multiple of 8 bytes on an 8-byte boundary. The arena owns all memory; a
 * record is its caller's from `allocate` to `free`.
 *
 * Small records come from spans (a few pages that hold one size class): freed ones first, then memory that was never handed out,
 * so that untouched pages cost nothing. A span that comes empty goes back to the page pool, but for one per class. Records over
 * 32 KiB are runs of pages; a record larger than a segment gets a SharedArrayBuffer and a segment slot of its own.
 * The manner is that of tcmalloc (spans, page runs) and mimalloc (free lists per page).
 */
export class Arena {
  /** 32-bit words of each segment: `words[a >>> SEGMENT_SHIFT]![((a & SEGMENT_MASK) << 1) + wordOffset]`. Read-only array. */
  readonly words: Uint32Array[];
  /** The same memory as bytes: `bytes[a >>> SEGMENT_SHIFT]![((a & SEGMENT_MASK) << 3) + byteOffset]`. Read-only array. */
  readonly bytes: Buffer[];
  private readonly pool: PagePool;
  /** The span that each class allocates from, by class; 0 names the pages 0 and 1, which read as a span with nothing to give. */
  private readonly current = new Uint32Array(CLASS_COUNT + 1);
  /** Spans that have free records and are not the current one: the first of each class. */
  private readonly partial = new Uint32Array(CLASS_COUNT + 1);
  /** [0] = units handed out. A typed array, because adding to a property beyond 2^31 would allocate a heap number. */
  private readonly units = new Float64Array(1);
  /** CLASS_UNITS, as a field: V8 knows the shape of what is in a field, but not that of a bundled module's variable. */
  private readonly classUnits = CLASS_UNITS;
  private readonly live: LiveRecords | null;

  constructor(options: ArenaOptions = {}) {
    this.pool = new PagePool(options.limitBytes ?? Number.POSITIVE_INFINITY, options.discard ?? null);
    this.words = this.pool.segments.words;
    this.bytes = this.pool.segments.bytes;
    this.live = options.debug ? new LiveRecords() : null;
  }

  /** Bytes handed out, each record rounded up to what it really takes. Exact, O(1). */
  get used(): number {
    return this.units[0]! * 8;
  }

  /**
   * Bytes taken from the host: in each segment all pages up to the highest one that was ever used, with the page table in front
   * (memory behind that has never been touched and is only virtual), and all pages of objects larger than a segment. O(1).
   */
  get reserved(): number {
    return this.pool.touchedPages * PAGE_BYTES;
  }

  /** `reserved / used`: 1 is perfect; 1 also where nothing is used. O(1). */
  get fragmentation(): number {
    return this.used === 0 ? 1 : this.reserved / this.used;
  }

  /**
   * Hands out a record of at least `bytes` bytes (0 counts as 1, at most 4 GiB) with undefined contents. O(1).
   * Throws ArenaFullError, and has changed nothing then.
   *
   * Hot: the common way is one load of the class's span, one of its free list, one of the record itself; no branch asks whether a
   * span exists, as class without one points to the empty entries 0 and 1 (bench arena.bench.ts).
   */
  allocate(bytes: number): Address {
    const sizeClass = bytes <= FINE_BYTES_LIMIT ? (bytes + 7) >>> 3 : coarseClassOf(bytes);
    const span = this.current[sizeClass]!;
    const slot = span >>> PAGE_SEGMENT_SHIFT;
    const words = this.words[slot]!;
    const entry = (span & PAGE_MASK) << 2;
    let unit = words[entry + Span.free]!;
    const recycled = unit !== 0;
    if (recycled) {
      words[entry + Span.free] = words[unit << 1]!;
    } else {
      unit = words[entry + Span.fresh]!;
      if (unit === words[entry + Span.limit]!) return this.allocateSlow(bytes, sizeClass);
      words[entry + Span.fresh] = unit + this.classUnits[sizeClass]!;
    }
    words[entry + Span.live]!++;
    this.units[0]! += this.classUnits[sizeClass]!;
    const address = ((slot << SEGMENT_SHIFT) | unit) >>> 0;
    if (this.live !== null) this.live.add(address, this.bytesOf(address), recycled);
    return address;
  }

  /**
   * Takes a record back. O(1). Freeing 0, an address twice or one that `allocate` did not give destroys the arena, unless it is in
   * debug mode, where it throws ArenaError. Hot: the page table tells the class, so callers need not know the size.
   */
  free(address: Address): void {
    if (this.live !== null) this.live.remove(address, this.live.has(address) ? this.bytesOf(address) : null);
    const slot = address >>> SEGMENT_SHIFT;
    const unit = address & SEGMENT_MASK;
    if (unit === 0) {
      this.freeHuge(slot);
      return;
    }
    const words = this.words[slot]!;
    const mark = words[(unit >>> PAGE_SHIFT) << 2]!;
    const sizeClass = mark >>> KIND_SHIFT;
    if (sizeClass > CLASS_COUNT) {
      this.freeRun(slot, unit >>> PAGE_SHIFT, sizeClass);
      return;
    }
    const entry = (mark & PAGE_MASK) << 2;
    const next = words[entry + Span.free]!;
    const live = (words[entry + Span.live]! - 1) | 0;
    words[unit << 1] = next;
    words[entry + Span.free] = unit;
    words[entry + Span.live] = live;
    this.units[0]! -= this.classUnits[sizeClass]!;
    if (live === 0) this.spanEmptied(sizeClass, (slot << PAGE_SEGMENT_SHIFT) | (mark & PAGE_MASK));
    else if (next === 0 && words[entry + Span.fresh] === words[entry + Span.limit]) {
      this.spanReopened(sizeClass, (slot << PAGE_SEGMENT_SHIFT) | (mark & PAGE_MASK));
    }
  }

  /** Bytes that a record may use: those asked for, rounded up to the size class or to whole pages. O(1). */
  usableBytes(address: Address): number {
    const slot = address >>> SEGMENT_SHIFT;
    const unit = address & SEGMENT_MASK;
    if (unit === 0) return this.bytes[slot]!.length;
    const words = this.words[slot]!;
    const mark = words[(unit >>> PAGE_SHIFT) << 2]!;
    const sizeClass = mark >>> KIND_SHIFT;
    return sizeClass <= CLASS_COUNT
      ? CLASS_UNITS[sizeClass]! << 3
      : words[((mark & PAGE_MASK) << 2) + Run.pages]! * PAGE_BYTES;
  }

  /** What `allocate(bytes)` really takes: `usableBytes` of its result. O(1). */
  allocationBytes(bytes: number): number {
    if (bytes <= FINE_BYTES_LIMIT) return bytes === 0 ? 8 : (bytes + 7) & ~7;
    if (bytes <= CLASSED_BYTES_LIMIT) return CLASS_UNITS[coarseClassOf(bytes)]! << 3;
    return Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
  }

  /**
   * Gives a mebibyte of what has come empty back to the host, where the arena has `discard`: some 0.1 ms. Returns whether nothing is
   * left. Until then such memory can be allocated from, and counts as reserved. O(1).
   */
  discardSome(): boolean {
    return this.pool.discardSome();
  }

  /** Gives everything back that is kept for the next allocations: the empty span of each class and the unused segments. O(classes + segments). */
  trim(): void {
    for (let sizeClass = 1; sizeClass <= CLASS_COUNT; sizeClass++) {
      const span = this.current[sizeClass]!;
      if (span === 0 || this.spanWord(span, Span.live) !== 0) continue;
      this.current[sizeClass] = 0;
      this.pool.free(span, SPAN_PAGES[sizeClass]!);
    }
    this.pool.trim();
  }

  private allocateSlow(bytes: number, sizeClass: number): Address {
    if (sizeClass === 0) return bytes > 0 ? this.allocateLarge(bytes) : this.allocateNothing(bytes);
    const partial = this.partial[sizeClass]!;
    if (partial !== 0) {
      this.unlinkPartial(sizeClass, partial);
      this.current[sizeClass] = partial;
    } else {
      this.current[sizeClass] = this.createSpan(sizeClass);
    }
    return this.allocate(bytes);
  }

  private allocateNothing(bytes: number): Address {
    if (bytes === 0) return this.allocate(1);
    throw new RangeError(`a record can't have ${bytes} bytes`);
  }

  private allocateLarge(bytes: number): Address {
    if (bytes > HUGE_BYTES_LIMIT)
      throw new ArenaFullError(`a record of ${bytes} bytes is beyond what a buffer can hold`);
    const pages = Math.ceil(bytes / PAGE_BYTES);
    let address: Address;
    if (pages > LONGEST_RUN_PAGES) {
      address = (this.pool.allocateHuge(bytes) << SEGMENT_SHIFT) >>> 0;
    } else {
      const page = this.pool.allocate(pages);
      const first = page & PAGE_MASK;
      const words = this.words[page >>> PAGE_SEGMENT_SHIFT]!;
      const mark = ((RUN_KIND << KIND_SHIFT) | first) >>> 0;
      words[(first + pages - 1) << 2] = mark;
      words[first << 2] = mark;
      words[(first << 2) + Run.pages] = pages;
      address = (page << PAGE_SHIFT) >>> 0;
    }
    this.units[0]! += pages * PAGE_UNITS;
    if (this.live !== null) this.live.add(address, this.bytesOf(address), false);
    return address;
  }

  private freeRun(slot: number, index: number, kind: number): void {
    if (kind !== RUN_KIND) throw new ArenaError('this address is inside free pages');
    const pages = this.words[slot]![(index << 2) + Run.pages]!;
    this.units[0]! -= pages * PAGE_UNITS;
    this.pool.free((slot << PAGE_SEGMENT_SHIFT) | index, pages);
  }

  private freeHuge(slot: number): void {
    const bytes = this.bytes[slot];
    if (slot === 0 || bytes === undefined || bytes.length === 0)
      throw new ArenaError('this is not the address of a record');
    this.units[0]! -= bytes.length >>> 3;
    this.pool.freeHuge(slot);
  }

  private createSpan(sizeClass: number): number {
    const pages = SPAN_PAGES[sizeClass]!;
    const span = this.pool.allocate(pages);
    const first = span & PAGE_MASK;
    const words = this.words[span >>> PAGE_SEGMENT_SHIFT]!;
    const mark = ((sizeClass << KIND_SHIFT) | first) >>> 0;
    const entry = first << 2;
    for (let page = 0; page < pages; page++) words[entry + (page << 2)] = mark;
    const units = CLASS_UNITS[sizeClass]!;
    const start = first << PAGE_SHIFT;
    words[entry + Span.free] = 0;
    words[entry + Span.live] = 0;
    words[entry + Span.fresh] = start;
    words[entry + Span.limit] = start + Math.floor((pages * PAGE_UNITS) / units) * units;
    return span;
  }

  /** A span that was full has a free record again. */
  private spanReopened(sizeClass: number, span: number): void {
    if (span === this.current[sizeClass]) return;
    const next = this.partial[sizeClass]!;
    this.setSpanWord(span, Span.next, next);
    this.setSpanWord(span, Span.previous, 0);
    if (next !== 0) this.setSpanWord(next, Span.previous, span);
    this.partial[sizeClass] = span;
  }

  /** Keeps one empty span a class as the current one, that with the lower address, so that high segments can come free. */
  private spanEmptied(sizeClass: number, span: number): void {
    const current = this.current[sizeClass]!;
    if (span === current) return;
    this.unlinkPartial(sizeClass, span);
    let surplus = span;
    if (span < current && this.spanWord(current, Span.live) === 0) {
      this.current[sizeClass] = span;
      surplus = current;
    }
    this.pool.free(surplus, SPAN_PAGES[sizeClass]!);
  }

  private unlinkPartial(sizeClass: number, span: number): void {
    const next = this.spanWord(span, Span.next);
    const previous = this.spanWord(span, Span.previous);
    if (next !== 0) this.setSpanWord(next, Span.previous, previous);
    if (previous !== 0) this.setSpanWord(previous, Span.next, next);
    else this.partial[sizeClass] = next;
  }

  private spanWord(span: number, word: number): number {
    return this.words[span >>> PAGE_SEGMENT_SHIFT]![((span & PAGE_MASK) << 2) + word]!;
  }

  private setSpanWord(span: number, word: number, value: number): void {
    this.words[span >>> PAGE_SEGMENT_SHIFT]![((span & PAGE_MASK) << 2) + word] = value;
  }

  private bytesOf(address: Address): Buffer {
    const start = (address & SEGMENT_MASK) * 8;
    return this.bytes[address >>> SEGMENT_SHIFT]!.subarray(start, start + this.usableBytes(address));
  }
}
