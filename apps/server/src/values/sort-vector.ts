import { copyBytes } from '@nanoredis/intrusive-ds';
import { sortRange } from './sort-range';
import { compareBytes } from './sorted-set/compare-bytes';

const FEW_ELEMENTS = 64;
const FEW_BYTES = 4096;

/** Offset of a missing text. */
const MISSING = -1;

/** The sort key of the elements of a SortVector. */
export enum SortKey {
  /** Numbers, then the elements themselves if the numbers are equal. */
  number = 0,
  /** The elements. */
  element = 1,
  /** A separate text per element; elements without one come first. */
  text = 2,
}

/**
 * Copies of the elements of a collection, to be sorted by one of three keys and read in that order. All texts are stored
 * consecutively in one buffer, everything else in typed arrays, so an element needs no object. One vector serves all sorts.
 */
export class SortVector {
  /** Number of elements. */
  count = 0;
  /** The buffer of all texts; `add` and `setText` may replace it. */
  bytes = Buffer.allocUnsafeSlow(FEW_BYTES);
  #used = 0;
  #starts = new Float64Array(FEW_ELEMENTS);
  #ends = new Float64Array(FEW_ELEMENTS);
  /** The numbers to sort by; 0 by default. */
  numbers = new Float64Array(FEW_ELEMENTS);
  #textStarts = new Float64Array(FEW_ELEMENTS);
  #textEnds = new Float64Array(FEW_ELEMENTS);
  #order = new Uint32Array(FEW_ELEMENTS);

  /** Appends a copy of `bytes[start, end)` without a separate key. Amortised O(length). */
  add(bytes: Uint8Array, start: number, end: number): void {
    const index = this.count;
    if (index === this.#order.length) this.#resize(2 * index);
    this.#starts[index] = this.#copy(bytes, start, end);
    this.#ends[index] = this.#used;
    this.numbers[index] = 0;
    this.#textStarts[index] = MISSING;
    this.#order[index] = index;
    this.count = index + 1;
  }

  /** Sets the text that element `index` is sorted by. Amortised O(length). */
  setText(index: number, bytes: Uint8Array, start: number, end: number): void {
    this.#textStarts[index] = this.#copy(bytes, start, end);
    this.#textEnds[index] = this.#used;
  }

  /** Offset in `bytes` of the start of element `index`, in insertion order. */
  start(index: number): number {
    return this.#starts[index]!;
  }

  /** Offset of its end. */
  end(index: number): number {
    return this.#ends[index]!;
  }

  /** The index of the element at a position of the sorted order. */
  at(place: number): number {
    return this.#order[place]!;
  }

  /**
   * Sorts the elements, at least the positions `first` to `last`; see sortRange for the order of equal ones. With `isCollated`,
   * texts are compared as C's strcoll does in the C locale: up to their first NUL byte. O(n log n) comparisons.
   */
  sort(key: SortKey, isDescending: boolean, isCollated: boolean, first: number, last: number): void {
    const compare = isCollated ? compareCTexts : compareBytes;
    const ascending = this.#comparison(key, compare);
    const ordered = isDescending ? (a: number, b: number): number => -ascending(a, b) : ascending;
    sortRange(this.#order, this.count, ordered, first, last);
  }

  /** Removes all elements, and frees the memory if an unusually large sort has grown it. O(1). */
  clear(): void {
    this.count = 0;
    this.#used = 0;
    if (this.bytes.length > 16 * FEW_BYTES) this.bytes = Buffer.allocUnsafeSlow(FEW_BYTES);
    if (this.#order.length > 16 * FEW_ELEMENTS) this.#resize(FEW_ELEMENTS);
  }

  #comparison(key: SortKey, compare: typeof compareBytes): (a: number, b: number) => number {
    const { bytes, numbers } = this;
    const starts = this.#starts;
    const ends = this.#ends;
    const textStarts = this.#textStarts;
    const textEnds = this.#textEnds;
    if (key === SortKey.number) {
      return (a, b) => {
        const x = numbers[a]!;
        const y = numbers[b]!;
        if (x !== y) return x < y ? -1 : 1;
        return compareBytes(bytes, starts[a]!, ends[a]!, bytes, starts[b]!, ends[b]!);
      };
    }
    if (key === SortKey.element) return (a, b) => compare(bytes, starts[a]!, ends[a]!, bytes, starts[b]!, ends[b]!);
    return (a, b) => {
      const x = textStarts[a]!;
      const y = textStarts[b]!;
      if (x < 0 || y < 0) return x === y ? 0 : x < 0 ? -1 : 1;
      return compare(bytes, x, textEnds[a]!, bytes, y, textEnds[b]!);
    };
  }

  /** Appends a copy of a text; returns its offset. */
  #copy(bytes: Uint8Array, start: number, end: number): number {
    const at = this.#used;
    const used = at + end - start;
    if (used > this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(used, 2 * this.bytes.length));
      this.bytes.copy(grown, 0, 0, at);
      this.bytes = grown;
    }
    copyBytes(bytes, start, end, this.bytes, at);
    this.#used = used;
    return at;
  }

  #resize(length: number): void {
    this.#starts = resized(this.#starts, new Float64Array(length));
    this.#ends = resized(this.#ends, new Float64Array(length));
    this.numbers = resized(this.numbers, new Float64Array(length));
    this.#textStarts = resized(this.#textStarts, new Float64Array(length));
    this.#textEnds = resized(this.#textEnds, new Float64Array(length));
    this.#order = resized(this.#order, new Uint32Array(length));
  }
}

function resized<Numbers extends Uint32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from.subarray(0, to.length));
  return to;
}

/** Compares two texts as C's strcmp does: up to a NUL byte. */
function compareCTexts(
  bytes: Uint8Array,
  start: number,
  end: number,
  other: Uint8Array,
  otherStart: number,
  otherEnd: number,
): number {
  for (let i = 0; ; i++) {
    const x = start + i < end ? bytes[start + i]! : 0;
    const y = otherStart + i < otherEnd ? other[otherStart + i]! : 0;
    if (x !== y) return x - y;
    if (x === 0) return 0;
  }
}
