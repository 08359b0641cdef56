/** Below this many bytes, creating a word view costs more than it saves. */
const MIN_VIEW_BYTES = 256;

/**
 * Offset of the first bit of value `bit` among bits `[first, end)` of the string that begins at `bytes[start]`, or -1. Bit 0
 * is the most significant bit of the first byte. O(length): runs of equal bytes are skipped a word at a time.
 */
export function findBit(bytes: Uint8Array, start: number, first: number, end: number, bit: 0 | 1): number {
  if (first >= end) return -1;
  // A clear bit is found as a set bit of the complement.
  const flip = bit === 1 ? 0 : 0xff;
  const endByte = Math.ceil(end / 8);
  let at = Math.floor(first / 8);
  let byte = (bytes[start + at]! ^ flip) & (0xff >>> (first & 7));
  if (byte === 0) {
    at = skipUniform(bytes, start + at + 1, start + endByte, flip) - start;
    if (at === endByte) return -1;
    byte = bytes[start + at]! ^ flip;
  }
  const position = at * 8 + Math.clz32(byte) - 24;
  return position < end ? position : -1;
}

/** Index of the first byte in `bytes[start, end)` that is not `uniform`, or `end`. */
function skipUniform(bytes: Uint8Array, start: number, end: number, uniform: number): number {
  let at = start;
  if (end - at >= MIN_VIEW_BYTES) {
    while (((bytes.byteOffset + at) & 3) !== 0) {
      if (bytes[at] !== uniform) return at;
      at++;
    }
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >>> 2);
    const uniformWord = uniform === 0 ? 0 : -1;
    const count = words.length;
    let word = 0;
    while (word < count && words[word] === uniformWord) word++;
    at += word * 4;
  }
  while (at < end && bytes[at] === uniform) at++;
  return at;
}
