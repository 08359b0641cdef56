/**
 * A segment begins with its page table: four words for each page of 4 KiB. That is 256 KiB or 0.4 % of the segment, touched only as
 * far as pages are used. The table is inside the segment so that a look-up needs nothing but the segment, and so that another thread
 * that maps the segment sees it too.
 *
 * ```
 * segment   | page table (64 pages) | page 64 | page 65 | …                                     | page 16383 |
 *
 * word 0 of every page          31     24 23          14 13                        0
 *                              +---------+--------------+--------------------------+
 *                              |  kind   |      -       |  first page of its block  |
 *                              +---------+--------------+--------------------------+
 *
 * a span (kind = size class) uses the words of its first three pages:
 *   0  kind and first page      1  free: unit of the first free record, 0 = none     2  live: allocated records
 *   3  fresh: next unit never allocated       4  kind and first page (page two)      5  next span    6  previous span
 *   7  limit: where `fresh` ends   8  kind and first page (page three)
 *   9  seen: the note of SpanMemory about it     10  state (SpanState)     11  withheld: 1 if it has withheld records
 * a run of pages (kind = RUN_KIND): 0 kind and first page   1  pages
 * free pages (kind = FREE_KIND):    0 kind and first page   1  pages   2  next free run   3  previous free run
 *   (only the first and the last page of a run are marked: coalescing reads no others)
 * ```
 * Next and previous are page names: `address >>> PAGE_SHIFT`, unique in the whole arena; 0 is none.
 */
export const PAGE_SHIFT = 9;

/** Bytes of a page. */
export const PAGE_BYTES = 4096;

/** Units of 8 bytes in a page. */
export const PAGE_UNITS = 1 << PAGE_SHIFT;

/** `page >>> PAGE_SEGMENT_SHIFT` is the segment of a page name. */
export const PAGE_SEGMENT_SHIFT = 14;

/** Pages of a segment. */
export const SEGMENT_PAGES = 1 << PAGE_SEGMENT_SHIFT;

/** `page & PAGE_MASK` is the index of a page in its segment. */
export const PAGE_MASK = SEGMENT_PAGES - 1;

/** Pages that the page table occupies. */
export const TABLE_PAGES = (SEGMENT_PAGES << 4) >>> 12;

/** The longest run of a segment, in pages. */
export const MAX_RUN_PAGES = SEGMENT_PAGES - TABLE_PAGES;

/** `word 0 >>> KIND_SHIFT` is the kind of a page. */
export const KIND_SHIFT = 24;

/** Kind of the pages of a record that is a run of pages. */
export const RUN_KIND = 254;

/** Kind of the first and the last page of a free run. */
export const FREE_KIND = 255;

// The layouts are enums and not objects, because the bundler inlines the members of an enum as numbers.

/** Words of a span, counted from word 0 of its first page. */
export enum Span {
  free = 1,
  live = 2,
  fresh = 3,
  next = 5,
  previous = 6,
  limit = 7,
  seen = 9,
  state = 10,
  withheld = 11,
}

/** How a span takes part in the lists of its class. */
export enum SpanState {
  /** It is the current span of its class, or full, or in the list of spans with free records. */
  ordinary = 0,
  /** All of its free records are withheld, and it is in the list of such spans. */
  withheld = 1,
  /** Its records are being moved elsewhere, so that nothing is allocated from it; it is in no list. */
  vacated = 2,
}

/** Words of a run of pages, free or not, counted from word 0 of its first page. */
export enum Run {
  pages = 1,
  next = 2,
  previous = 3,
}

/**
 * Words of the segment itself. They are in the entry of page 2, which is a page of the table. The entries of pages 0 and 1 stay zero:
 * they read as a span without a free record, and a class without a span points to them.
 */
export enum SegmentWord {
  usedPages = 9,
}
