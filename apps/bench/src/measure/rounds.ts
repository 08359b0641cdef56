/**
 * The order of measurement: every subject once in a round, and the next round begins with the next subject. So no subject alone is hit by
 * a slow minute of the machine or always comes first.
 */
export function interleave<T>(subjects: readonly T[], rounds: number): T[] {
  return Array.from({ length: rounds }, (_, round) =>
    subjects.map((_, place) => subjects[(place + round) % subjects.length]!),
  ).flat();
}

/** Rounds up to two significant digits. */
export function roundUp(requests: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(requests)) - 1);
  return Math.ceil(requests / unit) * unit;
}
