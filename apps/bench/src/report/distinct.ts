/** Each value once, in the order in which they come. O(n). */
export function distinct<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}
