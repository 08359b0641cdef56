import type { PagePool } from './page-pool';
import { PAGE_BYTES, PAGE_MASK, PAGE_SEGMENT_SHIFT, PAGE_SHIFT, Span, SpanState } from './page-table';
import { CLASS_UNITS } from './size-classes';
import { SPAN_PAGES } from './span-pages';
import type { Spans } from './spans';

/** The value of `Span.seen` before the first look at a span; afterwards it is the count of live records + 1. */
const UNSEEN = 0;

/** Bit of `Span.seen`: the span was searched when it had this many live records. */
const SEARCHED = 0x80000000;

/**
 * A span with more live records per page than this is not searched for empty pages. With so many on average, one page of 50 is empty if
 * the records are distributed at random.
 */
const CROWDED_PAGE = 4;

/**
 * Gives pages inside spans back to the host if no live record is on them. The free records on these pages leave the free list of the
 * span: they are withheld. When a class has no other free record, `restore` makes them available again. Withheld pages are those that
 * are used and not touched in PageStates.
 */
export class SpanMemory {
  /** Called with each restored record, in debug mode. */
  onRestored: ((unit: number, span: number, units: number) => void) | null = null;
  /** Whether `isWorthwhile` has refused a span only because its count of live records had changed. The caller resets it. */
  hasPostponed = false;
  readonly #pool: PagePool;
  readonly #spans: Spans;
  /** By page of the span that is searched: how many records on it may be live. */
  readonly #busy = new Int16Array(32);

  constructor(pool: PagePool, spans: Spans) {
    this.#pool = pool;
    this.#spans = spans;
  }

  /**
   * Whether a span that is not the current one of its class may have empty pages, and its count of live records is the same as at the
   * last call; with `evenFresh`, whether or not it is the same. O(1).
   */
  isWorthwhile(sizeClass: number, span: number, evenFresh: boolean): boolean {
    const spans = this.#spans;
    const live = spans.word(span, Span.live);
    const seen = spans.word(span, Span.seen);
    if (seen === ((live + 1) | SEARCHED) >>> 0) return false;
    const limit = spans.word(span, Span.limit);
    if (spans.word(span, Span.free) === 0 || spans.word(span, Span.fresh) !== limit) return false;
    const units = CLASS_UNITS[sizeClass]!;
    const capacity = (limit - ((span & PAGE_MASK) << PAGE_SHIFT)) / units;
    // Records per page × the share of live ones.
    if (live * PAGE_BYTES > CROWDED_PAGE * capacity * units * 8) return false;
    if (evenFresh || seen === live + 1) return true;
    spans.set(span, Span.seen, live + 1);
    this.hasPostponed = true;
    return false;
  }

  /**
   * Gives back the empty pages of a span that has free records and is not the current one of its class, in whole pages of the host.
   * O(records of the span).
   */
  discardEmptyPages(sizeClass: number, span: number): void {
    const spans = this.#spans;
    const pool = this.#pool;
    const slot = span >>> PAGE_SEGMENT_SHIFT;
    const first = span & PAGE_MASK;
    const words = pool.segments.words[slot]!;
    const entry = first << 2;
    const units = CLASS_UNITS[sizeClass]!;
    const start = first << PAGE_SHIFT;
    const pages = SPAN_PAGES[sizeClass]!;
    spans.set(span, Span.seen, ((words[entry + Span.live]! + 1) | SEARCHED) >>> 0);
    const untouched = pool.states.untouchedMask(slot, first, pages);
    this.#countRecords(pages, units, (words[entry + Span.limit]! - start) / units, untouched);
    const busy = this.#busy;
    for (let unit = words[entry + Span.free]!; unit !== 0; unit = words[unit << 1]!) {
      const last = (unit - start + units - 1) >>> PAGE_SHIFT;
      for (let page = (unit - start) >>> PAGE_SHIFT; page <= last; page++) busy[page]!--;
    }
    let empty = 0;
    for (let page = 0; page < pages; page++) if (busy[page] === 0) empty |= 1 << page;
    const surplus = this.#wholeGroups(empty, first, pages) & ~untouched;
    if (surplus === 0) return;
    let tail = 0;
    let head = 0;
    for (let unit = words[entry + Span.free]!; unit !== 0; unit = words[unit << 1]!) {
      if ((pagesOf(unit - start, units) & surplus) !== 0) continue;
      if (tail === 0) head = unit;
      else words[tail << 1] = unit;
      tail = unit;
    }
    if (tail !== 0) words[tail << 1] = 0;
    words[entry + Span.free] = head;
    for (let from = 0; from < pages; ) {
      let to = from;
      while (to < pages && (surplus & (1 << to)) !== 0) to++;
      if (to > from) pool.discardUsed(slot, first + from, to - from);
      from = to + 1;
    }
    words[entry + Span.withheld] = 1;
    if (head === 0 && words[entry + Span.state] === SpanState.ordinary) spans.becameWithheld(sizeClass, span);
  }

  /**
   * Makes the withheld records of a span free records again. O(records of the span).
   * @throws ArenaFullError when the limit is reached; nothing has changed then
   */
  restore(sizeClass: number, span: number): void {
    const pool = this.#pool;
    const slot = span >>> PAGE_SEGMENT_SHIFT;
    const first = span & PAGE_MASK;
    const pages = SPAN_PAGES[sizeClass]!;
    const untouched = pool.states.untouchedMask(slot, first, pages);
    pool.touchUsed(slot, first, pages);
    const words = pool.segments.words[slot]!;
    const entry = first << 2;
    const units = CLASS_UNITS[sizeClass]!;
    const start = first << PAGE_SHIFT;
    let free = words[entry + Span.free]!;
    for (let unit = words[entry + Span.limit]! - units; unit >= start; unit -= units) {
      if ((pagesOf(unit - start, units) & untouched) === 0) continue;
      if (this.onRestored !== null) this.onRestored(unit, span, units);
      words[unit << 1] = free;
      free = unit;
    }
    words[entry + Span.free] = free;
    words[entry + Span.seen] = UNSEEN;
    words[entry + Span.withheld] = 0;
  }

  /** Counts the records on each page of a span that are not withheld, live or free. */
  #countRecords(pages: number, units: number, capacity: number, untouched: number): void {
    const busy = this.#busy;
    busy.fill(0, 0, pages);
    for (let record = 0; record < capacity; record++) {
      const from = record * units;
      if (untouched !== 0 && (pagesOf(from, units) & untouched) !== 0) continue;
      const last = (from + units - 1) >>> PAGE_SHIFT;
      for (let page = from >>> PAGE_SHIFT; page <= last; page++) busy[page]!++;
    }
  }

  /** The empty pages of a span that make up whole pages of the host. */
  #wholeGroups(empty: number, first: number, pages: number): number {
    const { groupPages } = this.#pool.states;
    if (groupPages === 1) return empty;
    let whole = 0;
    for (let page = (groupPages - (first % groupPages)) % groupPages; page + groupPages <= pages; page += groupPages) {
      const group = (groupPages === 32 ? -1 : (1 << groupPages) - 1) << page;
      if ((empty & group) === group) whole |= group;
    }
    return whole;
  }
}

/** The pages of a record at `from` units in its span, as bits; bit 0 is the first page of the span. */
function pagesOf(from: number, units: number): number {
  const first = from >>> PAGE_SHIFT;
  const last = (from + units - 1) >>> PAGE_SHIFT;
  return (-1 << first) & (-1 >>> (31 - last));
}
