/**
 * The earth as a grid of 2^step columns and rows, for steps of 1 … 26, and the number of a cell: the bits of its row in the even
 * places, those of its column in the odd ones.
 *
 * ```
 *   row    0 0 1 1            column 0 1 0 1
 *   cell   column bit 3, row bit 3, column bit 2, row bit 2, …
 * ```
 *
 * The score of a member of a geospatial index is the cell of its position in the finest grid, of 52 bits, which a double holds.
 * After redis-server's geohash.c.
 */

/** Positions beyond these have no cell: the projection of EPSG:3857 ends there. */
export const MOST_LONGITUDE = 180;
export const MOST_LATITUDE = 85.05112878;

/** Step of the grid that scores are cells of. */
export const FINEST_STEP = 26;

const WORD = 0x1_0000_0000;

/**
 * The column or row of a coordinate between `-most` and `most` degrees in the grid of a step; that of `most` itself lies one
 * behind the last. O(1).
 */
export function gridIndex(degrees: number, most: number, step: number): number {
  return Math.floor(((degrees + most) / (most + most)) * 2 ** step);
}

/** Where a column or row (0 … 2^32) of the grid of a step begins, in degrees. O(1). */
export function gridDegrees(index: number, most: number, step: number): number {
  return -most + (index / 2 ** step) * (most + most);
}

/**
 * The least score of a member in a cell of the grid of a step, plus `cells` cells. Columns and rows up to 2^step are allowed;
 * what is more than a double holds is rounded once. O(1).
 */
export function leastScore(column: number, row: number, step: number, cells = 0): number {
  const scale = 2 ** (FINEST_STEP - step);
  const x = column * scale;
  const y = row * scale;
  const low = ((spread(x & 0xffff) << 1) | spread(y & 0xffff)) >>> 0;
  const high = ((spread(x >>> 16) << 1) | spread(y >>> 16)) >>> 0;
  return high * WORD + (low + cells * scale * scale);
}

/** The position in the middle of the cell that a score stands for. Made once, pointed at one score after the other. */
export class GeoPosition {
  /** Degrees, -180 … 180. */
  longitude = 0;
  /** Degrees, -85.05112878 … 85.05112878. */
  latitude = 0;

  /** Goes to the position of a score. Any number has one, as C makes 64 bits of it. O(1), allocates nothing for scores of GEOADD. */
  decode(score: number): this {
    let low: number;
    let high: number;
    if (score >= 0 && score < 2 ** 53) {
      low = score >>> 0;
      high = Math.floor(score / WORD);
    } else {
      const bits = unsigned64(score);
      low = Number(BigInt.asUintN(32, bits));
      high = Number(bits >> 32n);
    }
    const row = (gather(low) | (gather(high) << 16)) >>> 0;
    const column = (gather(low >>> 1) | (gather(high >>> 1) << 16)) >>> 0;
    this.latitude = middle(row, MOST_LATITUDE);
    this.longitude = middle(column, MOST_LONGITUDE);
    return this;
  }
}

/** The middle of a column or row of the finest grid, which lies within the earth whatever a client made up. */
function middle(index: number, most: number): number {
  const first = gridDegrees(index, most, FINEST_STEP);
  const last = gridDegrees((index + 1) >>> 0, most, FINEST_STEP);
  return Math.max(-most, Math.min(most, (first + last) / 2));
}

/** Moves 16 bits apart, to the even places of 32. */
function spread(bits: number): number {
  let x = bits;
  x = (x | (x << 8)) & 0x00ff00ff;
  x = (x | (x << 4)) & 0x0f0f0f0f;
  x = (x | (x << 2)) & 0x33333333;
  return (x | (x << 1)) & 0x55555555;
}

/** Moves the bits in the even places of a word together, to 16. */
function gather(word: number): number {
  let x = word & 0x55555555;
  x = (x | (x >>> 1)) & 0x33333333;
  x = (x | (x >>> 2)) & 0x0f0f0f0f;
  x = (x | (x >>> 4)) & 0x00ff00ff;
  return (x | (x >>> 8)) & 0xffff;
}

/** What an x86 processor makes of a double that C casts to an unsigned number of 64 bits. */
function unsigned64(score: number): bigint {
  if (score >= 2 ** 64 || Number.isNaN(score)) return 0n;
  if (score < -(2 ** 63)) return 2n ** 63n;
  return BigInt.asUintN(64, BigInt(Math.trunc(score)));
}
