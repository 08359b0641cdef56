/** The smallest piece, which the tail of a window fits into: most unfinished things are no more than that. */
const SMALLEST_BYTES = 1024;
/** Larger pieces are not kept: so much is seldom asked for again soon, and copying it outweighs its allocation. */
const LARGEST_BYTES = 4 * 1024 * 1024;
/** All that is kept takes no more than this. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Steps between a power of two and the next are an eighth of it, so that at most 12.5 % of a piece are rounding. */
const STEP_BITS = 3;

const spares = new Map<number, Buffer[]>();
let keptBytes = 0;

/**
 * A piece of memory with at least `bytes` bytes, of undefined contents: a spare one, or a new one. The caller's. O(1).
 *
 * A new piece for each large value would have V8 collect garbage all the time, since what lies outside of its heap counts for that:
 * with values of 128 KiB a server spent twice as much on that as on copying them.
 */
export function takeBytes(bytes: number): Buffer {
  const size = pieceBytes(bytes);
  const piece = spares.get(size)?.pop();
  if (piece === undefined) return Buffer.allocUnsafeSlow(size);
  keptBytes -= size;
  return piece;
}

/** Bytes of the piece that `takeBytes(bytes)` answers. O(1). */
export function pieceBytes(bytes: number): number {
  if (bytes <= SMALLEST_BYTES) return SMALLEST_BYTES;
  if (bytes > LARGEST_BYTES) return bytes;
  const step = 2 ** (31 - Math.clz32(bytes - 1) - STEP_BITS);
  return Math.ceil(bytes / step) * step;
}

/** Takes a piece back, which nobody uses any more; others than `takeBytes` gives, and the empty one, are let go. O(1). */
export function giveBytes(piece: Buffer): void {
  const size = piece.length;
  if (size > LARGEST_BYTES || size !== pieceBytes(size)) return;
  const alike = spares.get(size);
  if (keptBytes + size > MOST_BYTES && !dropOthers(size)) return;
  if (alike === undefined) spares.set(size, [piece]);
  else alike.push(piece);
  keptBytes += size;
}

/** Lets pieces of other sizes go until there is room for `bytes`: another load than the present one left them. False if that is not enough. */
function dropOthers(bytes: number): boolean {
  for (const [size, pieces] of spares) {
    if (size === bytes) continue;
    while (pieces.pop() !== undefined) {
      keptBytes -= size;
      if (keptBytes + bytes <= MOST_BYTES) return true;
    }
  }
  return false;
}
