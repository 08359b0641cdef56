/** Negative, zero or positive: the first sorts before, equal to or after the second. */
export type Compare = (a: number, b: number) => number;

/** Fewer items than this are sorted by insertion. */
const MIN_PARTITION = 7;
const MANY = 40;

/**
 * Sorts the first `count` items of `items` partially: those from index `first` to `last` are then the ones of a full sort. A
 * full sort is stable. A partial sort leaves equal items in the order of redis-server's pqsort: the quicksort of Bentley and
 * McIlroy, "Engineering a Sort Function" (1993), which skips partitions outside the range.
 * O(count * log(count)) expected; O(count + (last - first) * log(last - first)) for a part.
 */
export function sortRange(items: Uint32Array, count: number, compare: Compare, first: number, last: number): void {
  if (first <= 0 && last >= count - 1) items.subarray(0, count).sort(compare);
  else sortPart(items, 0, count, compare, first, last);
}

function sortPart(
  items: Uint32Array,
  from: number,
  length: number,
  compare: Compare,
  first: number,
  last: number,
): void {
  let start = from;
  let count = length;
  while (count >= MIN_PARTITION) {
    swap(items, start, choosePivot(items, start, count, compare));
    const pivot = items[start]!;
    const end = start + count;
    // Items equal to the pivot are collected at both ends, the smaller and the larger ones in between.
    let equalEnd = start + 1;
    let low = start + 1;
    let high = end - 1;
    let equalStart = end - 1;
    for (;;) {
      for (; low <= high; low++) {
        const order = compare(items[low]!, pivot);
        if (order > 0) break;
        if (order === 0) swap(items, equalEnd++, low);
      }
      for (; low <= high; high--) {
        const order = compare(items[high]!, pivot);
        if (order < 0) break;
        if (order === 0) swap(items, high, equalStart--);
      }
      if (low > high) break;
      swap(items, low++, high--);
    }
    const smaller = low - equalEnd;
    const greater = equalStart - high;
    swapRanges(items, start, low, Math.min(equalEnd - start, smaller));
    swapRanges(items, low, end, Math.min(greater, end - equalStart - 1));
    if (smaller > 1 && overlaps(start, smaller, first, last)) sortPart(items, start, smaller, compare, first, last);
    if (greater <= 1 || !overlaps(end - greater, greater, first, last)) return;
    start = end - greater;
    count = greater;
  }
  insertionSort(items, start, count, compare);
}

function insertionSort(items: Uint32Array, start: number, count: number, compare: Compare): void {
  for (let i = start + 1; i < start + count; i++) {
    for (let at = i; at > start && compare(items[at - 1]!, items[at]!) > 0; at--) swap(items, at, at - 1);
  }
}

function choosePivot(items: Uint32Array, start: number, count: number, compare: Compare): number {
  let middle = start + (count >>> 1);
  if (count === MIN_PARTITION) return middle;
  let low = start;
  let high = start + count - 1;
  if (count > MANY) {
    const eighth = count >>> 3;
    low = median(items, low, low + eighth, low + 2 * eighth, compare);
    middle = median(items, middle - eighth, middle, middle + eighth, compare);
    high = median(items, high - 2 * eighth, high - eighth, high, compare);
  }
  return median(items, low, middle, high, compare);
}

function median(items: Uint32Array, a: number, b: number, c: number, compare: Compare): number {
  const [x, y, z] = [items[a]!, items[b]!, items[c]!];
  if (compare(x, y) < 0) {
    if (compare(y, z) < 0) return b;
    return compare(x, z) < 0 ? c : a;
  }
  if (compare(y, z) > 0) return b;
  return compare(x, z) < 0 ? a : c;
}

function overlaps(start: number, count: number, first: number, last: number): boolean {
  return last >= start && first < start + count;
}

/** Swaps the `count` items from `left` on with the `count` items before `right`. */
function swapRanges(items: Uint32Array, left: number, right: number, count: number): void {
  for (let i = 0; i < count; i++) swap(items, left + i, right - count + i);
}

function swap(items: Uint32Array, a: number, b: number): void {
  const item = items[a]!;
  items[a] = items[b]!;
  items[b] = item;
}
