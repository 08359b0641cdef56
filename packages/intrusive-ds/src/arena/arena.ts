import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from './address';
import { ArenaError, ArenaFullError } from './arena-errors';
import type { ArenaHost } from './arena-host';
import { Compaction } from './compaction';
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
  SpanState,
} from './page-table';
import { CLASS_COUNT, CLASS_UNITS, CLASSED_BYTES_LIMIT, coarseClassOf, FINE_BYTES_LIMIT } from './size-classes';
import { SpanMemory } from './span-memory';
import { Spans } from './spans';
import { Sweep } from './sweep';

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
   * What gives memory back to the host. With it, memory that comes empty is not left to V8, which unmaps whole buffers while the thread
   * waits (some 5 ms for 64 MiB), but goes back page by page: see `Arena.beginDiscarding`.
   */
  readonly host?: ArenaHost | null;
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
  /** Chooses the records that have to move, so that sparse memory comes empty. */
  readonly compaction: Compaction;
  private readonly pool: PagePool;
  private readonly spans: Spans;
  /** Spans.current. */
  private readonly current: Uint32Array;
  private readonly spanMemory: SpanMemory;
  private readonly sweep: Sweep;
  /** [0] = units handed out. A typed array, because adding to a property beyond 2^31 would allocate a heap number. */
  private readonly units = new Float64Array(1);
  /** CLASS_UNITS, as a field: V8 knows the shape of what is in a field, but not that of a bundled module's variable. */
  private readonly classUnits = CLASS_UNITS;
  private readonly live: LiveRecords | null;

  constructor(options: ArenaOptions = {}) {
    const host = options.host ?? null;
    this.pool = new PagePool(options.limitBytes ?? Number.POSITIVE_INFINITY, host);
    this.words = this.pool.segments.words;
    this.bytes = this.pool.segments.bytes;
    this.spans = new Spans(this.pool);
    this.current = this.spans.current;
    this.compaction = new Compaction(this.pool, this.spans);
    this.spanMemory = new SpanMemory(this.pool, this.spans);
    this.sweep = new Sweep(this.pool, this.spans, this.spanMemory, host);
    this.pool.onShortage = () => this.discardAll();
    this.live = options.debug ? new LiveRecords() : null;
    const { live } = this;
    if (live !== null) {
      this.spanMemory.onRestored = (unit, span, units) => {
        live.restore(this.bytes[span >>> PAGE_SEGMENT_SHIFT]!.subarray(unit * 8, (unit + units) * 8));
      };
    }
  }

  /** Bytes handed out, each record rounded up to what it really takes. Exact, O(1). */
  get used(): number {
    return this.units[0]! * 8;
  }

  /**
   * Bytes taken from the host and not given back: all pages that were in use since, the page tables, and all pages of objects larger
   * than a segment. O(1).
   */
  get reserved(): number {
    return this.pool.touchedPages * PAGE_BYTES;
  }

  /** Bytes of the pages that records and page tables are in; `reserved` counts empty ones too. O(1). */
  get active(): number {
    return this.pool.usedPages * PAGE_BYTES;
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
    if (live === 0) this.spans.emptied(sizeClass, (slot << PAGE_SEGMENT_SHIFT) | (mark & PAGE_MASK));
    else if (next === 0 && words[entry + Span.fresh] === words[entry + Span.limit]) {
      this.spans.reopened(sizeClass, (slot << PAGE_SEGMENT_SHIFT) | (mark & PAGE_MASK));
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

  /** Whether a record is in memory that the compaction under way has chosen, so that it has to move. O(1). */
  isSparse(address: Address): boolean {
    const unit = address & SEGMENT_MASK;
    if (unit === 0) return false;
    const words = this.words[address >>> SEGMENT_SHIFT]!;
    const mark = words[(unit >>> PAGE_SHIFT) << 2]!;
    return mark >>> KIND_SHIFT <= CLASS_COUNT && words[((mark & PAGE_MASK) << 2) + Span.state] === SpanState.vacated;
  }

  /** What `allocate(bytes)` really takes: `usableBytes` of its result. O(1). */
  allocationBytes(bytes: number): number {
    if (bytes <= FINE_BYTES_LIMIT) return bytes === 0 ? 8 : (bytes + 7) & ~7;
    if (bytes <= CLASSED_BYTES_LIMIT) return CLASS_UNITS[coarseClassOf(bytes)]! << 3;
    return Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
  }

  /**
   * Begins a round of giving memory back to the host, where the arena has one; `discardSome` does the work. What goes back in this
   * round are the pages, also those inside of segments that are in use, that were empty in the last round and have stayed so. Call it
   * about once a second. Does nothing while a round is under way. O(1).
   */
  beginDiscarding(): void {
    this.sweep.begin(false);
  }

  /**
   * Does a step of the round that was begun: gives a mebibyte back, or looks for it, which takes 0.1 ms at most. Answers whether the round
   * is over. Until it has gone back, memory can be allocated from, and counts as reserved. O(1).
   */
  discardSome(): boolean {
    return this.sweep.some();
  }

  /** Whether memory was empty in the last round that goes back in the next one, if it stays so. O(1). */
  get hasSurplus(): boolean {
    return this.sweep.leavesSurplus;
  }

  /** Gives everything back that holds no record: empty pages and unused segments. O(segments + classes + what goes back). */
  trim(): void {
    for (let sizeClass = 1; sizeClass <= CLASS_COUNT; sizeClass++) this.spans.dropEmptyCurrent(sizeClass);
    this.discardAll();
    this.pool.dropUnused();
  }

  /** Gives all empty pages back; answers whether there were any. */
  private discardAll(): boolean {
    const before = this.pool.touchedPages;
    this.sweep.begin(true);
    while (!this.discardSome());
    return this.pool.touchedPages < before;
  }

  private allocateSlow(bytes: number, sizeClass: number): Address {
    // A negative size has come out as a class that there is not.
    if (sizeClass === 0 || sizeClass > CLASS_COUNT)
      return bytes > 0 ? this.allocateLarge(bytes) : this.allocateNothing(bytes);
    this.current[sizeClass] = this.nextSpan(sizeClass);
    return this.allocate(bytes);
  }

  /** A span with a free record, after the current one has given its last: that one again, one of those in the lists, or a new one. */
  private nextSpan(sizeClass: number): number {
    const { spans, spanMemory } = this;
    const current = this.current[sizeClass]!;
    if (spans.word(current, Span.withheld) !== 0) {
      spanMemory.restore(sizeClass, current);
      return current;
    }
    const partial = spans.partial[sizeClass]!;
    if (partial !== 0) {
      spans.unlink(spans.partial, sizeClass, partial);
      return partial;
    }
    const withheld = spans.withheld[sizeClass]!;
    if (withheld === 0) return spans.create(sizeClass);
    spanMemory.restore(sizeClass, withheld);
    return spans.takeWithheld(sizeClass);
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

  private bytesOf(address: Address): Buffer {
    const start = (address & SEGMENT_MASK) * 8;
    return this.bytes[address >>> SEGMENT_SHIFT]!.subarray(start, start + this.usableBytes(address));
  }
}
