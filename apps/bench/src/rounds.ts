/**
 * The order of measurement: every subject once in a round, and the next round begins with another one, so that neither
 * a slow minute of the machine nor a place in the row belongs to one subject alone.
 */
export function interleave<T>(subjects: readonly T[], rounds: number): T[] {
  return Array.from({ length: rounds }, (_, round) =>
    subjects.map((_, place) => subjects[(place + round) % subjects.length]!),
  ).flat();
}

/** How many requests keep even the fastest subject busy for so long; rounded up to whole ten thousands. */
export function requestsLasting(seconds: number, fastestPerSecond: number): number {
  return Math.ceil((seconds * fastestPerSecond) / 10_000) * 10_000;
}
