import type { PagePool } from './page-pool';
import {
  FREE_KIND,
  KIND_SHIFT,
  PAGE_MASK,
  PAGE_SEGMENT_SHIFT,
  PAGE_SHIFT,
  RUN_KIND,
  Run,
  SEGMENT_PAGES,
  Span,
  SpanState,
  TABLE_PAGES,
} from './page-table';
import { CLASS_COUNT, CLASS_UNITS } from './size-classes';
import { SPAN_PAGES } from './span-pages';
import type { Spans } from './spans';

/** A span is vacated if its share of live records is at most this multiple of the average of the spans of its class that are not full. */
const MARGIN = 1.125;

/** The records of fuller spans are not moved. */
const MAX_SHARE = 0.9;

enum Phase {
  none = 0,
  /** Counting the records in the spans of each class. */
  survey = 1,
  /** Selecting the spans to vacate. */
  choice = 2,
  /** The owner moves records. */
  moving = 3,
  /** Giving the spans that did not become empty back to their classes. */
  end = 4,
}

/**
 * Selects sparse spans whose records have to move, so that the spans become empty. During a compaction nothing is allocated from these
 * spans, and `Arena.isSparse` is true for their records. The owner of the records moves them (RecordMover), because only the owner knows
 * where their addresses are stored.
 *
 * ```
 * begin ──► some … until true ──► the owner moves sparse records ──► end ──► some … until true
 * ```
 */
export class Compaction {
  readonly #pool: PagePool;
  readonly #spans: Spans;
  /** By class: how many records the spans that are not full can hold, and how many of them are live. */
  readonly #capacity = new Float64Array(CLASS_COUNT + 1);
  readonly #live = new Float64Array(CLASS_COUNT + 1);
  #phase = Phase.none;
  /** The next segment to visit. */
  #slot = 0;

  constructor(pool: PagePool, spans: Spans) {
    this.#pool = pool;
    this.#spans = spans;
  }

  /** Begins a compaction. One that is in progress is ended first. O(1). */
  begin(): void {
    if (this.#phase > Phase.survey) {
      this.end();
      while (!this.some());
    }
    this.#phase = Phase.survey;
    this.#slot = 0;
    this.#capacity.fill(0);
    this.#live.fill(0);
  }

  /** Ends the compaction. O(1). */
  end(): void {
    if (this.#phase === Phase.none) return;
    this.#phase = Phase.end;
    this.#slot = 0;
  }

  /** Continues `begin` or `end` with one segment. Returns whether all segments are done. O(spans of a segment). */
  some(): boolean {
    if (this.#phase === Phase.none || this.#phase === Phase.moving) return true;
    const { words } = this.#pool.segments;
    if (this.#slot < words.length) {
      if (this.#pool.isPaged(this.#slot)) this.#visit(this.#slot);
      this.#slot++;
      return false;
    }
    this.#slot = 0;
    if (this.#phase === Phase.end) this.#phase = Phase.none;
    else this.#phase = this.#phase === Phase.survey ? Phase.choice : Phase.moving;
    return this.#phase !== Phase.choice;
  }

  #visit(slot: number): void {
    const words = this.#pool.segments.words[slot]!;
    for (let page = TABLE_PAGES; page < SEGMENT_PAGES; ) {
      const kind = words[page << 2]! >>> KIND_SHIFT;
      if (kind === RUN_KIND || kind === FREE_KIND) {
        page += words[(page << 2) + Run.pages]!;
        continue;
      }
      const span = (slot << PAGE_SEGMENT_SHIFT) | page;
      if (this.#phase === Phase.end) this.#giveBack(kind, span);
      else if (span !== this.#spans.current[kind]) this.#look(kind, span);
      page += SPAN_PAGES[kind]!;
    }
  }

  #look(sizeClass: number, span: number): void {
    const spans = this.#spans;
    const start = (span & PAGE_MASK) << PAGE_SHIFT;
    const live = spans.word(span, Span.live);
    const capacity = (spans.word(span, Span.limit) - start) / CLASS_UNITS[sizeClass]!;
    if (live === capacity) return;
    if (this.#phase === Phase.survey) {
      this.#capacity[sizeClass]! += capacity;
      this.#live[sizeClass]! += live;
      return;
    }
    const share = live / capacity;
    const average = this.#live[sizeClass]! / this.#capacity[sizeClass]!;
    // Vacating a single sparse span beside the current one would save nothing.
    if (share <= average * MARGIN && share <= MAX_SHARE && this.#capacity[sizeClass]! > capacity) {
      spans.vacate(sizeClass, span);
    }
  }

  #giveBack(sizeClass: number, span: number): void {
    if (this.#spans.word(span, Span.state) === SpanState.vacated) this.#spans.settle(sizeClass, span);
  }
}
