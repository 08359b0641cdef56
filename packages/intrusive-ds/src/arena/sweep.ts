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

/** Pages that go back to the host at once. */
const PAGES_AT_ONCE = 256;

/** Spans that are looked through at once for empty pages. */
const SPANS_AT_ONCE = 64;

/**
 * Gives memory that has come empty back to the host, in rounds: what was empty in the round before and has stayed so. So memory that
 * comes and goes costs nothing, however often. A round goes through the segments one after the other, first through their spans,
 * then through their free pages.
 */
export class Sweep {
  readonly #pool: PagePool;
  readonly #spans: Spans;
  readonly #spanMemory: SpanMemory;
  readonly #host: ArenaHost | null;
  readonly #range: PageRange = { first: 0, pages: 0 };
  /** Unused segments whose page tables were given back. */
  readonly #bare = new Set<number>();
  /** Where the round is: a segment, and a page in it. */
  #slot = Number.POSITIVE_INFINITY;
  #page = TABLE_PAGES;
  #isAmongSpans = true;
  /** This round gives back even what has only just come empty. */
  #evenFresh = false;
  #leavesSurplus = false;

  constructor(pool: PagePool, spans: Spans, spanMemory: SpanMemory, host: ArenaHost | null) {
    this.#pool = pool;
    this.#spans = spans;
    this.#spanMemory = spanMemory;
    this.#host = host;
  }

  /** Whether the last round has left something that is empty to the next one. O(1). */
  get leavesSurplus(): boolean {
    return this.#leavesSurplus || this.#spanMemory.hasPostponed;
  }

  /** Begins a round, unless one is under way. O(classes). */
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

  /** Goes on with the round: gives some 256 pages back, or looks through some spans. Answers whether it is over. O(1). */
  some(): boolean {
    if (this.#pool.discardRemains(PAGES_AT_ONCE)) return false;
    const { words } = this.#pool.segments;
    while (this.#slot < words.length && !this.#pool.isPaged(this.#slot)) this.#slot++;
    if (this.#slot >= words.length) return true;
    if (this.#isAmongSpans) this.#lookThroughSpans(this.#slot);
    else this.#discardPages(this.#slot);
    return false;
  }

  /** Looks through the next spans of a segment. The page may be inside of something else by now, so the walk begins at the first one. */
  #lookThroughSpans(slot: number): void {
    const words = this.#pool.segments.words[slot]!;
    let left = SPANS_AT_ONCE;
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

  /** Gives the next free pages of a segment back, and ends with it if there are none. */
  #discardPages(slot: number): void {
    const { states } = this.#pool;
    const range = this.#range;
    if (states.findSurplus(slot, this.#page, PAGES_AT_ONCE, this.#evenFresh, range)) {
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
   * Gives the page table of a segment back if nothing of the segment is used or touched: only the marks of the first and the last free
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
