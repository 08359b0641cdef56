import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from './address';
import { ArenaError, ArenaFullError } from './arena-errors';
import type { ArenaHost } from './arena-host';
import { Compaction } from './compaction';
import { LiveRecords } from './live-records';
import { PagePool } from './page-pool';
import {
  KIND_SHIFT,
  MAX_RUN_PAGES,
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
import { CLASS_COUNT, CLASS_UNITS, coarseClassOf, MAX_CLASSED_BYTES, MAX_FINE_BYTES } from './size-classes';
import { SpanMemory } from './span-memory';
import { Spans } from './spans';
import { Sweep } from './sweep';

/** The options of an arena. */
export interface ArenaOptions {
  /** How many bytes the arena may take from the host at most, as `reserved` counts them. Default: the 32 GiB of the address space. */
  readonly limitBytes?: number;
  /**
   * Overwrite records when they are allocated and freed, and throw ArenaError at a double free, at an unknown address and at a record
   * that was written to after it was freed. For tests: about 20 times slower, with a Set entry for each record.
   */
  readonly debug?: boolean;
  /**
   * Gives memory back to the host. With it, empty memory goes back page by page: see `Arena.beginDiscarding`. Without it, V8 unmaps
   * whole buffers, and the thread waits for that.
   */
  readonly host?: ArenaHost | null;
}

/** The largest record: what one typed array can hold on Node 20. */
const MAX_HUGE_BYTES = 2 ** 32;

/**
 * Memory for records outside of the V8 heap: segments of 64 MiB of SharedArrayBuffer that never move, divided into records by size
 * class. An Address names a record. A record is a multiple of 8 bytes long and begins on an 8-byte boundary. The arena owns all
 * memory; the caller owns a record from `allocate` to `free`.
 *
 * Small records come from spans (a few pages of one size class): first the freed ones, then memory that was never allocated, so
 * untouched pages cost nothing. Each class keeps one empty span; all others go back to the page pool. Records over 32 KiB are runs
 * of pages. A record larger than a segment has a SharedArrayBuffer and a segment slot to itself.
 * Spans and page runs follow tcmalloc; free lists per page follow mimalloc.
 */
export class Arena {
  /** 32-bit words of each segment: `words[a >>> SEGMENT_SHIFT]![((a & SEGMENT_MASK) << 1) + wordOffset]`. Read-only array. */
  readonly words: Uint32Array[];
  /** The same memory as bytes: `bytes[a >>> SEGMENT_SHIFT]![((a & SEGMENT_MASK) << 3) + byteOffset]`. Read-only array. */
  readonly bytes: Buffer[];
  /** Selects the records that have to move, so that sparse memory becomes empty. */
  readonly compaction: Compaction;
  readonly #pool: PagePool;
  readonly #spans: Spans;
  /** Spans.current. */
  readonly #current: Uint32Array;
  readonly #spanMemory: SpanMemory;
  readonly #sweep: Sweep;
  /** [0] = allocated units. A typed array, because a property beyond 2^31 would allocate a heap number at each change. */
  readonly #units = new Float64Array(1);
  /** CLASS_UNITS as a field: V8 tracks the shape of a field's value, but not that of a variable of a bundled module. */
  readonly #classUnits = CLASS_UNITS;
  readonly #live: LiveRecords | null;

  constructor(options: ArenaOptions = {}) {
    const host = options.host ?? null;
    this.#pool = new PagePool(options.limitBytes ?? Number.POSITIVE_INFINITY, host);
    this.words = this.#pool.segments.words;
    this.bytes = this.#pool.segments.bytes;
    this.#spans = new Spans(this.#pool);
    this.#current = this.#spans.current;
    this.compaction = new Compaction(this.#pool, this.#spans);
    this.#spanMemory = new SpanMemory(this.#pool, this.#spans);
    this.#sweep = new Sweep(this.#pool, this.#spans, this.#spanMemory, host);
    this.#pool.onShortage = () => this.#discardAll();
    this.#live = options.debug ? new LiveRecords() : null;
    const live = this.#live;
    if (live !== null) {
      this.#spanMemory.onRestored = (unit, span, units) => {
        live.restore(this.bytes[span >>> PAGE_SEGMENT_SHIFT]!.subarray(unit * 8, (unit + units) * 8));
      };
    }
  }

  /** Bytes of all records, each rounded up to what it occupies. Exact, O(1). */
  get used(): number {
    return this.#units[0]! * 8;
  }

  /**
   * Bytes taken from the host and not given back: the pages that were used since, the page tables, and all pages of records larger than
   * a segment. O(1).
   */
  get reserved(): number {
    return this.#pool.touchedPages * PAGE_BYTES;
  }

  /** Bytes of the pages with records and page tables; `reserved` also counts empty pages. O(1). */
  get active(): number {
    return this.#pool.usedPages * PAGE_BYTES;
  }

  /** `reserved / used`; 1 where nothing is used. O(1). */
  get fragmentation(): number {
    return this.used === 0 ? 1 : this.reserved / this.used;
  }

  /**
   * Allocates a record of at least `bytes` bytes (0 counts as 1, at most 4 GiB) with undefined contents. O(1).
   *
   * Hot: the common path is one load of the class's span, one of its free list and one of the record. A class without a span
   * points to the empty entries 0 and 1, so no branch checks for that (bench arena.bench.ts).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  allocate(bytes: number): Address {
    const sizeClass = bytes <= MAX_FINE_BYTES ? (bytes + 7) >>> 3 : coarseClassOf(bytes);
    const span = this.#current[sizeClass]!;
    const slot = span >>> PAGE_SEGMENT_SHIFT;
    const words = this.words[slot]!;
    const entry = (span & PAGE_MASK) << 2;
    let unit = words[entry + Span.free]!;
    const recycled = unit !== 0;
    if (recycled) {
      words[entry + Span.free] = words[unit << 1]!;
    } else {
      unit = words[entry + Span.fresh]!;
      if (unit === words[entry + Span.limit]!) return this.#allocateSlow(bytes, sizeClass);
      words[entry + Span.fresh] = unit + this.#classUnits[sizeClass]!;
    }
    words[entry + Span.live]!++;
    this.#units[0]! += this.#classUnits[sizeClass]!;
    const address = ((slot << SEGMENT_SHIFT) | unit) >>> 0;
    if (this.#live !== null) this.#live.add(address, this.#bytesOf(address), recycled);
    return address;
  }

  /**
   * Frees a record. O(1). Freeing 0, an address twice, or one that `allocate` did not return corrupts the arena.
   *
   * Hot: the page table has the size class of the address, so callers need not know the size.
   * @throws ArenaError for such an address when the arena is in debug mode
   */
  free(address: Address): void {
    if (this.#live !== null) this.#live.remove(address, this.#live.has(address) ? this.#bytesOf(address) : null);
    const slot = address >>> SEGMENT_SHIFT;
    const unit = address & SEGMENT_MASK;
    if (unit === 0) {
      this.#freeHuge(slot);
      return;
    }
    const words = this.words[slot]!;
    const mark = words[(unit >>> PAGE_SHIFT) << 2]!;
    const sizeClass = mark >>> KIND_SHIFT;
    if (sizeClass > CLASS_COUNT) {
      this.#freeRun(slot, unit >>> PAGE_SHIFT, sizeClass);
      return;
    }
    const entry = (mark & PAGE_MASK) << 2;
    const next = words[entry + Span.free]!;
    const live = (words[entry + Span.live]! - 1) | 0;
    words[unit << 1] = next;
    words[entry + Span.free] = unit;
    words[entry + Span.live] = live;
    this.#units[0]! -= this.#classUnits[sizeClass]!;
    if (live === 0) this.#spans.emptied(sizeClass, (slot << PAGE_SEGMENT_SHIFT) | (mark & PAGE_MASK));
    else if (next === 0 && words[entry + Span.fresh] === words[entry + Span.limit]) {
      this.#spans.reopened(sizeClass, (slot << PAGE_SEGMENT_SHIFT) | (mark & PAGE_MASK));
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

  /** Whether a record has to move, because the current compaction has selected its memory. O(1). */
  isSparse(address: Address): boolean {
    const unit = address & SEGMENT_MASK;
    if (unit === 0) return false;
    const words = this.words[address >>> SEGMENT_SHIFT]!;
    const mark = words[(unit >>> PAGE_SHIFT) << 2]!;
    return mark >>> KIND_SHIFT <= CLASS_COUNT && words[((mark & PAGE_MASK) << 2) + Span.state] === SpanState.vacated;
  }

  /** How many bytes `allocate(bytes)` occupies: `usableBytes` of its result. O(1). */
  allocationBytes(bytes: number): number {
    if (bytes <= MAX_FINE_BYTES) return bytes === 0 ? 8 : (bytes + 7) & ~7;
    if (bytes <= MAX_CLASSED_BYTES) return CLASS_UNITS[coarseClassOf(bytes)]! << 3;
    return Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
  }

  /**
   * Begins a round that gives memory back to the host, if the arena has one; `discardSome` does the work. A round gives back the pages
   * that have been empty since the round before, also between live records. Call it about once a second. Does nothing while a round is
   * in progress. O(1).
   */
  beginDiscarding(): void {
    this.#sweep.begin(false);
  }

  /**
   * Does one step of the round: gives a mebibyte back, or searches for empty pages. Returns whether the round has ended. Memory that has
   * not gone back can be allocated, and counts as reserved. O(1).
   */
  discardSome(): boolean {
    return this.#sweep.some();
  }

  /** Whether the last round has found empty memory that the next one gives back if it stays empty. O(1). */
  get hasSurplus(): boolean {
    return this.#sweep.leavesSurplus;
  }

  /** Gives back all memory without records: empty pages and unused segments. O(segments + classes + what goes back). */
  trim(): void {
    for (let sizeClass = 1; sizeClass <= CLASS_COUNT; sizeClass++) this.#spans.dropEmptyCurrent(sizeClass);
    this.#discardAll();
    this.#pool.dropUnused();
  }

  /** Gives all empty pages back. Returns whether there were any. */
  #discardAll(): boolean {
    const before = this.#pool.touchedPages;
    this.#sweep.begin(true);
    while (!this.discardSome());
    return this.#pool.touchedPages < before;
  }

  #allocateSlow(bytes: number, sizeClass: number): Address {
    // A negative size results in a class that does not exist.
    if (sizeClass === 0 || sizeClass > CLASS_COUNT)
      return bytes > 0 ? this.#allocateLarge(bytes) : this.#allocateNothing(bytes);
    this.#current[sizeClass] = this.#nextSpan(sizeClass);
    return this.allocate(bytes);
  }

  /** A span with a free record for when the current one has none: the same one with restored records, a listed one, or a new one. */
  #nextSpan(sizeClass: number): number {
    const spans = this.#spans;
    const spanMemory = this.#spanMemory;
    const current = this.#current[sizeClass]!;
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

  #allocateNothing(bytes: number): Address {
    if (bytes === 0) return this.allocate(1);
    throw new RangeError(`a record cannot have ${bytes} bytes`);
  }

  #allocateLarge(bytes: number): Address {
    if (bytes > MAX_HUGE_BYTES) throw new ArenaFullError(`a record of ${bytes} bytes is beyond what a buffer can hold`);
    const pages = Math.ceil(bytes / PAGE_BYTES);
    let address: Address;
    if (pages > MAX_RUN_PAGES) {
      address = (this.#pool.allocateHuge(bytes) << SEGMENT_SHIFT) >>> 0;
    } else {
      const page = this.#pool.allocate(pages);
      const first = page & PAGE_MASK;
      const words = this.words[page >>> PAGE_SEGMENT_SHIFT]!;
      const mark = ((RUN_KIND << KIND_SHIFT) | first) >>> 0;
      words[(first + pages - 1) << 2] = mark;
      words[first << 2] = mark;
      words[(first << 2) + Run.pages] = pages;
      address = (page << PAGE_SHIFT) >>> 0;
    }
    this.#units[0]! += pages * PAGE_UNITS;
    if (this.#live !== null) this.#live.add(address, this.#bytesOf(address), false);
    return address;
  }

  #freeRun(slot: number, index: number, kind: number): void {
    if (kind !== RUN_KIND) throw new ArenaError('this address is inside free pages');
    const pages = this.words[slot]![(index << 2) + Run.pages]!;
    this.#units[0]! -= pages * PAGE_UNITS;
    this.#pool.free((slot << PAGE_SEGMENT_SHIFT) | index, pages);
  }

  #freeHuge(slot: number): void {
    const bytes = this.bytes[slot];
    if (slot === 0 || bytes === undefined || bytes.length === 0)
      throw new ArenaError('this is not the address of a record');
    this.#units[0]! -= bytes.length >>> 3;
    this.#pool.freeHuge(slot);
  }

  #bytesOf(address: Address): Buffer {
    const start = (address & SEGMENT_MASK) * 8;
    return this.bytes[address >>> SEGMENT_SHIFT]!.subarray(start, start + this.usableBytes(address));
  }
}
