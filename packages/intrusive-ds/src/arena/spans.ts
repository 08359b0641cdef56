import type { PagePool } from './page-pool';
import { KIND_SHIFT, PAGE_MASK, PAGE_SEGMENT_SHIFT, PAGE_SHIFT, PAGE_UNITS, Span, SpanState } from './page-table';
import { CLASS_COUNT, CLASS_UNITS } from './size-classes';
import { SPAN_PAGES } from './span-pages';

/**
 * The spans of all classes: creates and frees them, and keeps the lists of those with free records. Spans are page names; 0 is none. A
 * class allocates from its current span; the lists give the next one.
 */
export class Spans {
  /** The span that each class allocates from, by class; 0 names the pages 0 and 1, which read as a span without a free record. */
  readonly current = new Uint32Array(CLASS_COUNT + 1);
  /** The first of the spans of each class that have free records and are not the current one. */
  readonly partial = new Uint32Array(CLASS_COUNT + 1);
  /** The first of the spans of each class whose free records are all withheld. */
  readonly withheld = new Uint32Array(CLASS_COUNT + 1);
  readonly #pool: PagePool;
  readonly #words: Uint32Array[];

  constructor(pool: PagePool) {
    this.#pool = pool;
    this.#words = pool.segments.words;
  }

  /** Creates a span that is in no list. O(pages). @throws ArenaFullError when there is no memory */
  create(sizeClass: number): number {
    const pages = SPAN_PAGES[sizeClass]!;
    const span = this.#pool.allocate(pages);
    const first = span & PAGE_MASK;
    const words = this.#words[span >>> PAGE_SEGMENT_SHIFT]!;
    const mark = ((sizeClass << KIND_SHIFT) | first) >>> 0;
    const entry = first << 2;
    for (let page = 0; page < pages; page++) words[entry + (page << 2)] = mark;
    const units = CLASS_UNITS[sizeClass]!;
    const start = first << PAGE_SHIFT;
    words[entry + Span.free] = 0;
    words[entry + Span.live] = 0;
    words[entry + Span.fresh] = start;
    words[entry + Span.limit] = start + Math.floor((pages * PAGE_UNITS) / units) * units;
    words[entry + Span.seen] = 0;
    words[entry + Span.state] = SpanState.ordinary;
    words[entry + Span.withheld] = 0;
    return span;
  }

  /** Links a span that is in no list as the first one of `partial` or `withheld`. O(1). */
  link(heads: Uint32Array, sizeClass: number, span: number): void {
    const next = heads[sizeClass]!;
    this.set(span, Span.next, next);
    this.set(span, Span.previous, 0);
    if (next !== 0) this.set(next, Span.previous, span);
    heads[sizeClass] = span;
  }

  /** Removes a span from its list. O(1). */
  unlink(heads: Uint32Array, sizeClass: number, span: number): void {
    const next = this.word(span, Span.next);
    const previous = this.word(span, Span.previous);
    if (next !== 0) this.set(next, Span.previous, previous);
    if (previous !== 0) this.set(previous, Span.next, next);
    else heads[sizeClass] = next;
  }

  /** Lists a span that had no available free record and has one again. O(1). */
  reopened(sizeClass: number, span: number): void {
    if (span === this.current[sizeClass]) return;
    if (this.word(span, Span.state) !== SpanState.ordinary) {
      if (this.word(span, Span.state) === SpanState.vacated) return;
      this.unlink(this.withheld, sizeClass, span);
      this.set(span, Span.state, SpanState.ordinary);
    }
    this.link(this.partial, sizeClass, span);
  }

  /** Moves a span from `partial` to `withheld`: all of its free records are withheld now. O(1). */
  becameWithheld(sizeClass: number, span: number): void {
    this.unlink(this.partial, sizeClass, span);
    this.link(this.withheld, sizeClass, span);
    this.set(span, Span.state, SpanState.withheld);
  }

  /** Removes the first span of `withheld` from the list and returns it; 0 if there is none. O(1). */
  takeWithheld(sizeClass: number): number {
    const span = this.withheld[sizeClass]!;
    if (span === 0) return 0;
    this.unlink(this.withheld, sizeClass, span);
    this.set(span, Span.state, SpanState.ordinary);
    return span;
  }

  /** Removes a span that has free records from its list, so that nothing is allocated from it until `settle`. O(1). */
  vacate(sizeClass: number, span: number): void {
    const state: SpanState = this.word(span, Span.state);
    if (state === SpanState.vacated) return;
    this.unlink(state === SpanState.ordinary ? this.partial : this.withheld, sizeClass, span);
    this.set(span, Span.state, SpanState.vacated);
  }

  /** Lists a vacated span again that has not become empty. O(1). */
  settle(sizeClass: number, span: number): void {
    const isWithheld = this.word(span, Span.free) === 0;
    this.set(span, Span.state, isWithheld ? SpanState.withheld : SpanState.ordinary);
    this.link(isWithheld ? this.withheld : this.partial, sizeClass, span);
  }

  /**
   * Frees a span without records. Each class keeps one empty span as the current one: the one with the lower address, so that high
   * segments become unused. O(1).
   */
  emptied(sizeClass: number, span: number): void {
    const current = this.current[sizeClass]!;
    if (span === current) return;
    const state: SpanState = this.word(span, Span.state);
    if (state === SpanState.ordinary) this.unlink(this.partial, sizeClass, span);
    else if (state === SpanState.withheld) this.unlink(this.withheld, sizeClass, span);
    let surplus = span;
    if (span < current && this.word(current, Span.live) === 0) {
      this.current[sizeClass] = span;
      surplus = current;
    }
    this.#pool.free(surplus, SPAN_PAGES[sizeClass]!);
  }

  /** Frees the current span of a class if it is empty. O(1). */
  dropEmptyCurrent(sizeClass: number): void {
    const span = this.current[sizeClass]!;
    if (span === 0 || this.word(span, Span.live) !== 0) return;
    this.current[sizeClass] = 0;
    this.#pool.free(span, SPAN_PAGES[sizeClass]!);
  }

  /** A word of a span. O(1). */
  word(span: number, word: Span): number {
    return this.#words[span >>> PAGE_SEGMENT_SHIFT]![((span & PAGE_MASK) << 2) + word]!;
  }

  /** Writes a word of a span. O(1). */
  set(span: number, word: Span, value: number): void {
    this.#words[span >>> PAGE_SEGMENT_SHIFT]![((span & PAGE_MASK) << 2) + word] = value;
  }
}
