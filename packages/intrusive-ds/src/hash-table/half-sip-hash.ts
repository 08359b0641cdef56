/** The secret of a table: two 32-bit words from a good random source. Without it, nobody can choose keys that collide. */
export interface HashSeed {
  readonly k0: number;
  readonly k1: number;
}

/**
 * HalfSipHash-1-3 with 32 bits of output (Aumasson and Bernstein's SipHash on 32-bit words: one round per word, three at the end) of
 * the bytes from `start` to `end` of a view, as a signed 32-bit number. O(length), no allocation.
 *
 * Hot: the rounds are written out on local variables, because only then V8 keeps them in registers. A DataView reads an unaligned
 * word in 7 instructions; four bytes of a typed array take 30. Each `| 0` saves a check for overflow.
 */
export function halfSipHash(view: DataView, start: number, end: number, k0: number, k1: number): number {
  let v0 = k0 | 0;
  let v1 = k1 | 0;
  let v2 = k0 ^ 0x6c796765;
  let v3 = k1 ^ 0x74656462;
  const length = (end - start) | 0;
  const wordsEnd = (start + (length & ~3)) | 0;
  let at = start | 0;
  for (; at < wordsEnd; at = (at + 4) | 0) {
    const word = view.getInt32(at, true);
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  const rest = length & 3;
  let last = length << 24;
  if (rest !== 0) last |= lastBytes(view, at, rest);
  v3 ^= last;
  v0 = (v0 + v1) | 0;
  v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
  v0 = (v0 << 16) | (v0 >>> 16);
  v2 = (v2 + v3) | 0;
  v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
  v0 = (v0 + v3) | 0;
  v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
  v2 = (v2 + v1) | 0;
  v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
  v2 = (v2 << 16) | (v2 >>> 16);
  v0 ^= last;
  v2 ^= 0xff;
  for (let round = 0; round < 3; round++) {
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
  }
  return v1 ^ v3;
}

/** The last 1 to 3 bytes of a message, as the low bytes of a word. */
export function lastBytes(view: DataView, at: number, count: number): number {
  let word = view.getUint8(at);
  if (count > 1) word |= view.getUint8(at + 1) << 8;
  if (count > 2) word |= view.getUint8(at + 2) << 16;
  return word;
}
