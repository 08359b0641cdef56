/**
 * Compares `bytes[start, end)` with other bytes as memcmp does; a prefix sorts before a longer text. Returns a negative number,
 * 0 or a positive one. O(common prefix).
 */
export function compareBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  other: Uint8Array,
  otherStart: number,
  otherEnd: number,
): number {
  const length = end - start;
  const otherLength = otherEnd - otherStart;
  const common = Math.min(length, otherLength);
  for (let i = 0; i < common; i++) {
    const difference = bytes[start + i]! - other[otherStart + i]!;
    if (difference !== 0) return difference;
  }
  return length - otherLength;
}
