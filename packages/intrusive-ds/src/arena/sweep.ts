import type { ArenaHost } from './arena-host';
import type { PagePool } from './page-pool';
import type { PageRange } from './page-states';
import {
  FREE_KIND,
  KIND_SHIFT,
  PAGE_BYTES,
  PAGE_SEGMENT_SHIFT,
  RUN_KIND,
  Run,
  SEGMENT_PAGES,
  SegmentWord,
  TABLE_PAGES,
} from './page-table';
import { CLASS_COUNT } from './size-classes';
import type { SpanMemory } from './span-memory';
import { SPAN_PAGES } from './span-pages';
import type { Spans } from './spans';

/** Pages that go back to the host in one step. */
const PAGES_PER_STEP = 256;

/** Spans that one step searches for empty pages. */
const SPANS_PER_STEP = 64;

/**
 * Gives empty memory back to the host, in rounds. A round gives back what has been empty since the round before, so memory that is soon
 * reused costs nothing. It visits the segments one after the other: first their spans, then their free pages.
 */
export class Sweep {
  readonly #pool: PagePool;
  readonly #spans: Spans;
  readonly #spanMemory: SpanMemory;
  readonly #host: ArenaHost | null;
  readonly #range: PageRange = { first: 0, pages: 0 };
  /** Unused segments whose page tables have gone back. */
  readonly #bare = new Set<number>();
  /** The position of the round: a segment, and a page in it. */
  #slot = Number.POSITIVE_INFINITY;
  #page = TABLE_PAGES;
  #isAmongSpans = true;
  /** Whether this round also gives back what has become empty since the round before. */
  #evenFresh = false;
  #leavesSurplus = false;

  constructor(pool: PagePool, spans: Spans, spanMemory: SpanMemory, host: ArenaHost | null) {
    this.#pool = pool;
    this.#spans = spans;
    this.#spanMemory = spanMemory;
    this.#host = host;
  }

  /** Whether the last round has left empty memory to the next one. O(1). */
  get leavesSurplus(): boolean {
    return this.#leavesSurplus || this.#spanMemory.hasPostponed;
  }

  /** Begins a round, unless one is in progress. O(classes). */
  begin(evenFresh: boolean): void {
    if (this.#host === null || (this.#slot < this.#pool.segments.words.length && !evenFresh)) return;
    this.#slot = 0;
    this.#page = TABLE_PAGES;
    this.#isAmongSpans = true;
    this.#evenFresh = evenFresh;
    this.#leavesSurplus = false;
    this.#spanMemory.hasPostponed = false;
    for (let sizeClass = 1; sizeClass <= CLASS_COUNT; sizeClass++) this.#spans.dropEmptyCurrent(sizeClass);
  }

  /** Continues the round: gives about 256 pages back, or searches some spans. Returns whether the round has ended. O(1). */
  some(): boolean {
    if (this.#pool.discardRemains(PAGES_PER_STEP)) return false;
    const { words } = this.#pool.segments;
    while (this.#slot < words.length && !this.#pool.isPaged(this.#slot)) this.#slot++;
    if (this.#slot >= words.length) return true;
    if (this.#isAmongSpans) this.#searchSpans(this.#slot);
    else this.#discardPages(this.#slot);
    return false;
  }

  /** Searches the next spans of a segment. `#page` may be inside another span or run by now, so the search begins at the first page. */
  #searchSpans(slot: number): void {
    const words = this.#pool.segments.words[slot]!;
    let left = SPANS_PER_STEP;
    let page = TABLE_PAGES;
    while (page < SEGMENT_PAGES && left > 0) {
      const kind = words[page << 2]! >>> KIND_SHIFT;
      if (kind === RUN_KIND || kind === FREE_KIND) {
        page += words[(page << 2) + Run.pages]!;
        continue;
      }
      const span = (slot << PAGE_SEGMENT_SHIFT) | page;
      const pages = SPAN_PAGES[kind]!;
      if (page >= this.#page && this.#spans.current[kind] !== span) {
        if (this.#spanMemory.isWorthwhile(kind, span, this.#evenFresh)) {
          this.#spanMemory.discardEmptyPages(kind, span);
          left--;
        }
      }
      page += pages;
    }
    this.#page = page;
    if (left > 0 || page >= SEGMENT_PAGES) {
      this.#isAmongSpans = false;
      this.#page = TABLE_PAGES;
    }
  }

  /** Gives the next free pages of a segment back. If there are none, the round goes on to the next segment. */
  #discardPages(slot: number): void {
    const { states } = this.#pool;
    const range = this.#range;
    if (states.findSurplus(slot, this.#page, PAGES_PER_STEP, this.#evenFresh, range)) {
      this.#pool.discardFree(slot, range.first, range.pages);
      this.#page = range.first + range.pages;
      return;
    }
    if (states.age(slot)) this.#leavesSurplus = true;
    else this.#discardTable(slot);
    this.#slot++;
    this.#page = TABLE_PAGES;
    this.#isAmongSpans = true;
  }

  /**
   * Gives the page table of a segment back if no page of the segment is used or touched. Only the entries of the first and the last free
   * page are needed, and the words of the segment.
   */
  #discardTable(slot: number): void {
    const { words, bytes } = this.#pool.segments;
    if (words[slot]![SegmentWord.usedPages] !== 0) {
      this.#bare.delete(slot);
    } else if (!this.#bare.has(slot)) {
      this.#bare.add(slot);
      this.#host!.discard(bytes[slot]!.subarray(PAGE_BYTES, (TABLE_PAGES - 1) * PAGE_BYTES));
    }
  }
}
