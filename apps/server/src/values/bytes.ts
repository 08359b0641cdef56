/**
 * Copies `source[start, end)` to `target` at `at`. The two must not overlap. O(length), no allocation below 64 bytes:
 * up to there a loop beats the call that a typed array's own copy costs.
 */
export function copyBytes(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
  if (end - start < 64) {
    for (let from = start, to = at; from < end; from++, to++) target[to] = source[from]!;
  } else {
    target.set(source.subarray(start, end), at);
  }
}
