/** A range that two strings have in common: byte offsets, both ends included. */
export interface CommonRange {
  readonly aFirst: number;
  readonly aLast: number;
  readonly bFirst: number;
  readonly bLast: number;
}

/**
 * The longest common subsequence of two byte strings, by the textbook's dynamic programming: O(a * b) time. Only two rows
 * of lengths are kept. The backtracking table has one bit per cell, so it is 32 times smaller than that of Redis.
 */
export class CommonSubsequence {
  /** Length of the longest common subsequence. */
  readonly length: number;
  /** One bit per cell: set where backtracking goes to the same column of the row above. */
  readonly #goesUp: Uint32Array;
  readonly #wordsOfRow: number;

  /** @param keepsPath false if only the length is needed, which then takes O(b) memory. The strings are not copied. */
  constructor(
    readonly a: Uint8Array,
    readonly b: Uint8Array,
    keepsPath: boolean,
  ) {
    this.#wordsOfRow = (b.length + 31) >>> 5;
    this.#goesUp = new Uint32Array(keepsPath ? this.#wordsOfRow * a.length : 0);
    let above = new Uint32Array(b.length + 1);
    let row = new Uint32Array(b.length + 1);
    for (let i = 0; i < a.length; i++) {
      const byte = a[i]!;
      const firstWord = i * this.#wordsOfRow;
      let left = 0;
      for (let j = 0; j < b.length; j++) {
        if (byte === b[j]) {
          left = above[j]! + 1;
        } else if (above[j + 1]! > left) {
          left = above[j + 1]!;
          if (keepsPath) this.#goesUp[firstWord + (j >>> 5)]! |= 1 << (j & 31);
        }
        row[j + 1] = left;
      }
      const done = row;
      row = above;
      above = done;
    }
    this.length = above[b.length]!;
  }

  /** The subsequence itself. O(a + b). */
  bytes(): Uint8Array {
    const found = new Uint8Array(this.length);
    let at = this.length;
    this.#backtrack((i) => {
      found[--at] = this.a[i]!;
    });
    return found;
  }

  /** The ranges of the subsequence that are at least `minLength` long, from the last to the first. O(a + b). */
  ranges(minLength: number): CommonRange[] {
    const ranges: CommonRange[] = [];
    let length = 0;
    let aFirst = -1;
    let bFirst = -1;
    const close = (): void => {
      if (length > 0 && length >= minLength) {
        ranges.push({ aFirst, aLast: aFirst + length - 1, bFirst, bLast: bFirst + length - 1 });
      }
      length = 0;
    };
    this.#backtrack((i, j) => {
      if (length > 0 && (i !== aFirst - 1 || j !== bFirst - 1)) close();
      aFirst = i;
      bFirst = j;
      length++;
    });
    close();
    return ranges;
  }

  /** Visits the offsets of each pair of matching bytes on the path, the last pair first. */
  #backtrack(visit: (i: number, j: number) => void): void {
    let i = this.a.length - 1;
    let j = this.b.length - 1;
    while (i >= 0 && j >= 0) {
      if (this.a[i] === this.b[j]) visit(i--, j--);
      else if ((this.#goesUp[i * this.#wordsOfRow + (j >>> 5)]! & (1 << (j & 31))) !== 0) i--;
      else j--;
    }
  }
}
