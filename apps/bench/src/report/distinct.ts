/** Each value once, in the order of first occurrence. O(n). */
export function distinct<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}
