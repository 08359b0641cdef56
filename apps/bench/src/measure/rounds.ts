/**
 * The order of measurement: every subject once in a round, and the next round begins with another one, so that neither
 * a slow minute of the machine nor a place in the row belongs to one subject alone.
 */
export function interleave<T>(subjects: readonly T[], rounds: number): T[] {
  return Array.from({ length: rounds }, (_, round) =>
    subjects.map((_, place) => subjects[(place + round) % subjects.length]!),
  ).flat();
}

/** A number of requests that reads well: rounded up to two digits and zeros. */
export function roundUp(requests: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(requests)) - 1);
  return Math.ceil(requests / unit) * unit;
}
