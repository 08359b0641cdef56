/** How the scores of one member in several sets are combined. */
export enum Aggregate {
  sum = 0,
  min = 1,
  max = 2,
}

/** Combines two scores of a member. A sum of opposite infinities is 0. O(1). */
export function aggregateScores(score: number, other: number, aggregate: Aggregate): number {
  if (aggregate === Aggregate.sum) {
    const sum = score + other;
    return Number.isNaN(sum) ? 0 : sum;
  }
  // Compare instead of Math.min and Math.max, because NaN must not change the score.
  const replaces = aggregate === Aggregate.min ? other < score : other > score;
  return replaces ? other : score;
}

/** A weighted score; infinity times 0 is 0. O(1). */
export function weightedScore(score: number, weight: number): number {
  const weighted = score * weight;
  return Number.isNaN(weighted) ? 0 : weighted;
}
