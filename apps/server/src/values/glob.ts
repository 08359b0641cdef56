import { ReplyError } from '../errors';

const STAR = 0x2a;
const QUESTION = 0x3f;
const DASH = 0x2d;
const OPEN = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;
const CARET = 0x5e;

/** Element that matches any byte. Smaller numbers are bytes to match; larger ones are classes, see `ClassTable`. */
const ANY = 256;
const FIRST_CLASS = 257;

/** Longest pattern in bytes. Compiling a pattern takes memory, so what a client sends is limited. */
export const MAX_PATTERN_BYTES = 1024 * 1024;

/** A segment is searched byte by byte while this many comparisons suffice in the worst case, else 32 positions at a time. */
const MAX_NAIVE_COMPARISONS = 4096;

/** The error for a longer pattern. */
export const PATTERN_TOO_LONG = new ReplyError(`ERR pattern exceeds ${MAX_PATTERN_BYTES} bytes`);

/**
 * A compiled glob pattern with the rules of Redis' `stringmatchlen`: `*`, `?`, `[abc]`, `[^abc]`, `[a-z]` and `\` before a
 * literal byte.
 *
 * As in Redis 7.0.15: an unclosed class ends at the end of the pattern, a range may be given in either order and compares
 * bytes as signed numbers, and empty text matches only the empty pattern (not `*`: KEYS and SCAN handle a lone `*`
 * themselves). Only ASCII letters have case.
 *
 * Every element but `*` matches exactly one byte, so the pattern is a list of segments of fixed length between stars, and
 * finding each segment as early as possible decides the match without backtracking over earlier ones.
 */
export class Glob {
  /** The segments between the stars; the first begins at the start of the text, the last ends at its end. */
  readonly #segments: readonly Segment[];
  /** Length of the shortest text that can match. */
  readonly #minLength: number;

  /**
   * Compiles `pattern[start, end)`, of which nothing is kept. O(length).
   * @throws ReplyError when the pattern exceeds MAX_PATTERN_BYTES.
   */
  constructor(pattern: Uint8Array, start: number, end: number, ignoreCase = false) {
    if (end - start > MAX_PATTERN_BYTES) throw PATTERN_TOO_LONG;
    this.#segments = compile(pattern, start, end, ignoreCase);
    this.#minLength = this.#segments.reduce((sum, segment) => sum + segment.length, 0);
  }

  /**
   * Tells whether `bytes[start, end)` matches. O(text * segment length / 32), and O(text) for patterns of short segments;
   * allocates nothing for those.
   */
  matches(bytes: Uint8Array, start: number, end: number): boolean {
    const segments = this.#segments;
    const last = segments.length - 1;
    const first = segments[0]!;
    if (start === end) return last === 0 && first.length === 0;
    if (end - start < this.#minLength) return false;
    if (last === 0) return end - start === first.length && first.matchesAt(bytes, start);
    if (!first.matchesAt(bytes, start)) return false;
    const tail = segments[last]!;
    const tailStart = end - tail.length;
    if (!tail.matchesAt(bytes, tailStart)) return false;
    let at = start + first.length;
    for (let i = 1; i < last; i++) {
      const segment = segments[i]!;
      const found = segment.find(bytes, at, tailStart);
      if (found < 0) return false;
      at = found + segment.length;
    }
    return at <= tailStart;
  }
}

/** Consecutive elements of a pattern without a star. */
class Segment {
  readonly length: number;
  readonly #elements: Uint32Array;
  readonly #classes: ClassTable;
  /** For each byte value the positions of the segment that it matches, as bits; made when a long search needs it. */
  #masks: Uint32Array | null = null;

  constructor(elements: readonly number[], classes: ClassTable) {
    this.#elements = Uint32Array.from(elements);
    this.length = elements.length;
    this.#classes = classes;
  }

  /** Tells whether the segment matches at `at`; the text must be long enough. O(length). */
  matchesAt(bytes: Uint8Array, at: number): boolean {
    const elements = this.#elements;
    for (let i = 0; i < elements.length; i++) {
      const element = elements[i]!;
      const byte = bytes[at + i]!;
      if (element === byte || element === ANY) continue;
      if (element < FIRST_CLASS || !this.#classes.has(element - FIRST_CLASS, byte)) return false;
    }
    return true;
  }

  /** First position in `bytes[start, end)` at which the segment matches, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const { length } = this;
    const positions = end - start - length + 1;
    if (positions <= 0) return -1;
    if (positions * length > MAX_NAIVE_COMPARISONS) return this.#findByMasks(bytes, start, end);
    for (let at = start; at <= end - length; at++) if (this.matchesAt(bytes, at)) return at;
    return -1;
  }

  /**
   * The Shift-And algorithm (Baeza-Yates and Gonnet, "A new approach to text searching", 1992): bit i says that the
   * elements up to i match the bytes that end here.
   */
  #findByMasks(bytes: Uint8Array, start: number, end: number): number {
    const { length } = this;
    const words = (length + 31) >>> 5;
    this.#masks ??= this.#makeMasks(words);
    const masks = this.#masks;
    const state = new Uint32Array(words);
    const lastBit = 1 << ((length - 1) & 31);
    for (let at = start; at < end; at++) {
      const mask = bytes[at]! * words;
      let carry = 1;
      for (let i = 0; i < words; i++) {
        const old = state[i]!;
        state[i] = ((old << 1) | carry) & masks[mask + i]!;
        carry = old >>> 31;
      }
      if ((state[words - 1]! & lastBit) !== 0) return at + 1 - length;
    }
    return -1;
  }

  #makeMasks(words: number): Uint32Array {
    const masks = new Uint32Array(256 * words);
    const elements = this.#elements;
    for (let i = 0; i < elements.length; i++) {
      const element = elements[i]!;
      const bit = 1 << (i & 31);
      if (element < ANY) {
        masks[element * words + (i >>> 5)]! |= bit;
        continue;
      }
      for (let byte = 0; byte < 256; byte++) {
        if (element === ANY || this.#classes.has(element - FIRST_CLASS, byte)) masks[byte * words + (i >>> 5)]! |= bit;
      }
    }
    return masks;
  }
}

/** The different classes of a pattern, each a set of byte values. */
class ClassTable {
  readonly #sets: Uint32Array[] = [];
  readonly #indexes = new Map<string, number>();

  /** Index of a set of bytes, given as 8 words of bits; equal sets share one. */
  add(set: Uint32Array): number {
    const name = set.join();
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = this.#sets.length;
      this.#sets.push(set);
      this.#indexes.set(name, index);
    }
    return index;
  }

  has(index: number, byte: number): boolean {
    return (this.#sets[index]![byte >>> 5]! & (1 << (byte & 31))) !== 0;
  }
}

function compile(pattern: Uint8Array, start: number, end: number, ignoreCase: boolean): Segment[] {
  const classes = new ClassTable();
  const segments: Segment[] = [];
  let elements: number[] = [];
  for (let p = start; p < end; ) {
    const byte = pattern[p]!;
    if (byte === STAR) {
      // Consecutive stars mean the same as one.
      if (elements.length > 0 || segments.length === 0) segments.push(new Segment(elements, classes));
      elements = [];
      p++;
    } else if (byte === OPEN) {
      const set = new Uint32Array(8);
      p = readClass(pattern, p + 1, end, ignoreCase, set);
      elements.push(FIRST_CLASS + classes.add(set));
    } else if (byte === QUESTION) {
      elements.push(ANY);
      p++;
    } else {
      if (byte === BACKSLASH && end - p >= 2) p++;
      elements.push(literal(pattern[p]!, ignoreCase, classes));
      p++;
    }
  }
  segments.push(new Segment(elements, classes));
  return segments;
}

/** The element that matches a byte, in either case where case is ignored. */
function literal(byte: number, ignoreCase: boolean, classes: ClassTable): number {
  const lower = lowerCase(byte);
  if (!ignoreCase || lower < 0x61 || lower > 0x7a) return byte;
  const set = new Uint32Array(8);
  addSame(set, byte, true);
  return FIRST_CLASS + classes.add(set);
}

/** Reads the class whose first byte after `[` is at `start` into `set`; returns where the next element begins. */
function readClass(pattern: Uint8Array, start: number, end: number, ignoreCase: boolean, set: Uint32Array): number {
  let p = start;
  const isNegated = p < end && pattern[p] === CARET;
  if (isNegated) p++;
  while (p < end && pattern[p] !== CLOSE) {
    if (pattern[p] === BACKSLASH && end - p >= 2) {
      p++;
      // Redis compares an escaped member with its case even where case is ignored.
      add(set, pattern[p]!);
    } else if (end - p >= 3 && pattern[p + 1] === DASH) {
      addRange(set, pattern[p]!, pattern[p + 2]!, ignoreCase);
      p += 2;
    } else {
      addSame(set, pattern[p]!, ignoreCase);
    }
    p++;
  }
  if (isNegated) for (let i = 0; i < set.length; i++) set[i] = ~set[i]!;
  return p < end ? p + 1 : end;
}

function add(set: Uint32Array, byte: number): void {
  set[byte >>> 5]! |= 1 << (byte & 31);
}

function addSame(set: Uint32Array, byte: number, ignoreCase: boolean): void {
  add(set, byte);
  if (!ignoreCase) return;
  const lower = lowerCase(byte);
  add(set, lower);
  if (lower >= 0x61 && lower <= 0x7a) add(set, lower - 0x20);
}

function addRange(set: Uint32Array, from: number, to: number, ignoreCase: boolean): void {
  let low = Math.min(signed(from), signed(to));
  let high = Math.max(signed(from), signed(to));
  if (ignoreCase) {
    low = lowerCase(low);
    high = lowerCase(high);
  }
  for (let byte = 0; byte < 256; byte++) {
    const value = ignoreCase ? lowerCase(signed(byte)) : signed(byte);
    if (value >= low && value <= high) add(set, byte);
  }
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

function signed(byte: number): number {
  return (byte << 24) >> 24;
}
