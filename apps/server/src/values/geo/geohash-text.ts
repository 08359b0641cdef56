import { gridIndex, MAX_STEP } from './geo-grid';

/** Length of a geohash in the reply of GEOHASH. */
export const GEOHASH_BYTES = 11;

const ALPHABET = Buffer.from('0123456789bcdefghjkmnpqrstuvwxyz', 'latin1');

/**
 * Writes the standard geohash of a position in degrees: five bits per character, from a grid that spans all latitudes,
 * columns first. 52 bits give ten characters; the eleventh is 0, as in Redis. O(1).
 */
export function writeGeohash(longitude: number, latitude: number, target: Uint8Array): void {
  const column = gridIndex(longitude, 180, MAX_STEP);
  const row = gridIndex(latitude, 90, MAX_STEP);
  for (let i = 0, bit = 0; i < GEOHASH_BYTES - 1; i++) {
    let digit = 0;
    for (let j = 0; j < 5; j++, bit++) {
      const index = (bit & 1) === 0 ? column : row;
      digit = (digit << 1) | ((index >>> (MAX_STEP - 1 - (bit >>> 1))) & 1);
    }
    target[i] = ALPHABET[digit]!;
  }
  target[GEOHASH_BYTES - 1] = ALPHABET[0]!;
}
