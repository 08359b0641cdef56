/**
 * The value below which the given share of the samples lies (nearest rank), in the unit of the samples. O(n log n).
 * Throws a RangeError without samples.
 *
 * @param share 0 < share <= 1; 0.5 is the lower median.
 */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('a quantile needs samples');
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** The middle of the samples; the mean of the two in the middle when their number is even. O(n log n). */
export function median(samples: readonly number[]): number {
  return (quantile(samples, 0.5) + quantile(samples, Math.floor(samples.length / 2 + 1) / samples.length)) / 2;
}
