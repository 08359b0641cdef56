import { FINEST_STEP, gridIndex } from './geo-grid';

/** Length of a geohash as GEOHASH answers it. */
export const GEOHASH_BYTES = 11;

const ALPHABET = Buffer.from('0123456789bcdefghjkmnpqrstuvwxyz', 'latin1');

/**
 * Writes the standard geohash of a position in degrees: five bits a character, of a grid that spans all latitudes, columns first.
 * 52 bits give ten characters; the eleventh is 0, as with Redis. O(1).
 */
export function writeGeohash(longitude: number, latitude: number, target: Uint8Array): void {
  const column = gridIndex(longitude, 180, FINEST_STEP);
  const row = gridIndex(latitude, 90, FINEST_STEP);
  for (let i = 0, bit = 0; i < GEOHASH_BYTES - 1; i++) {
    let digit = 0;
    for (let j = 0; j < 5; j++, bit++) {
      const index = (bit & 1) === 0 ? column : row;
      digit = (digit << 1) | ((index >>> (FINEST_STEP - 1 - (bit >>> 1))) & 1);
    }
    target[i] = ALPHABET[digit]!;
  }
  target[GEOHASH_BYTES - 1] = ALPHABET[0]!;
}
