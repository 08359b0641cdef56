/**
 * The earth as a grid of 2^step columns and rows, for steps of 1 … 26. The number of a cell interleaves the bits of its row
 * (even positions) and of its column (odd positions).
 *
 * ```
 *   row    0 0 1 1            column 0 1 0 1
 *   cell   column bit 3, row bit 3, column bit 2, row bit 2, …
 * ```
 *
 * The score of a member of a geospatial index is the number of its cell in the grid of step 26: 52 bits, exact in a double.
 * Follows redis-server's geohash.c.
 */

/** Positions beyond these have no cell: they are the limits of EPSG:3857. */
export const MAX_LONGITUDE = 180;
export const MAX_LATITUDE = 85.05112878;

/** Step of the finest grid, whose cells are the scores. */
export const MAX_STEP = 26;

const WORD = 0x1_0000_0000;

/**
 * The column or row, in the grid of a step, of a coordinate between `-limit` and `limit` degrees. `limit` itself gives
 * 2^step, one beyond the last. O(1).
 */
export function gridIndex(degrees: number, limit: number, step: number): number {
  return Math.floor(((degrees + limit) / (limit + limit)) * 2 ** step);
}

/** The start of a column or row (0 … 2^32) of the grid of a step, in degrees. O(1). */
export function gridDegrees(index: number, limit: number, step: number): number {
  return -limit + (index / 2 ** step) * (limit + limit);
}

/**
 * The lowest score in a cell of the grid of a step, `cells` cells further on. Columns and rows up to 2^step are allowed. A
 * result beyond the precision of a double is rounded once. O(1).
 */
export function minScore(column: number, row: number, step: number, cells = 0): number {
  const scale = 2 ** (MAX_STEP - step);
  const x = column * scale;
  const y = row * scale;
  const low = ((spread(x & 0xffff) << 1) | spread(y & 0xffff)) >>> 0;
  const high = ((spread(x >>> 16) << 1) | spread(y >>> 16)) >>> 0;
  return high * WORD + (low + cells * scale * scale);
}

/** The position in the middle of the cell of a score. One object is reused for many scores. */
export class GeoPosition {
  /** Degrees, -180 … 180. */
  longitude = 0;
  /** Degrees, -85.05112878 … 85.05112878. */
  latitude = 0;

  /**
   * Decodes a score. Any number has a position, because C casts it to 64 bits. O(1); allocates nothing for a score that
   * GEOADD has stored.
   */
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
    this.latitude = middle(row, MAX_LATITUDE);
    this.longitude = middle(column, MAX_LONGITUDE);
    return this;
  }
}

/** The middle of a column or row of the finest grid, clamped to the limit: a client may have stored any score. */
function middle(index: number, limit: number): number {
  const first = gridDegrees(index, limit, MAX_STEP);
  const last = gridDegrees((index + 1) >>> 0, limit, MAX_STEP);
  return Math.max(-limit, Math.min(limit, (first + last) / 2));
}

/** Spreads 16 bits to the even positions of 32. */
function spread(bits: number): number {
  let x = bits;
  x = (x | (x << 8)) & 0x00ff00ff;
  x = (x | (x << 4)) & 0x0f0f0f0f;
  x = (x | (x << 2)) & 0x33333333;
  return (x | (x << 1)) & 0x55555555;
}

/** Gathers the bits at the even positions of a word into 16. */
function gather(word: number): number {
  let x = word & 0x55555555;
  x = (x | (x >>> 1)) & 0x33333333;
  x = (x | (x >>> 2)) & 0x0f0f0f0f;
  x = (x | (x >>> 4)) & 0x00ff00ff;
  return (x | (x >>> 8)) & 0xffff;
}

/** The result of C's cast from double to an unsigned 64-bit integer on x86. */
function unsigned64(score: number): bigint {
  if (score >= 2 ** 64 || Number.isNaN(score)) return 0n;
  if (score < -(2 ** 63)) return 2n ** 63n;
  return BigInt.asUintN(64, BigInt(Math.trunc(score)));
}
