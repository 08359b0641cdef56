/** What becomes of the scores that one member has in several sets. */
export enum Aggregate {
  sum = 0,
  min = 1,
  max = 2,
}

/** The score of a member that had `score` and meets another one. A sum of opposite infinities is 0. O(1). */
export function aggregateScores(score: number, other: number, aggregate: Aggregate): number {
  if (aggregate === Aggregate.sum) {
    const sum = score + other;
    return Number.isNaN(sum) ? 0 : sum;
  }
  // By comparison, because a NaN that meets a score has to leave it as it is.
  const replaces = aggregate === Aggregate.min ? other < score : other > score;
  return replaces ? other : score;
}

/** A weighted score; infinity times 0 is 0. O(1). */
export function weightedScore(score: number, weight: number): number {
  const weighted = score * weight;
  return Number.isNaN(weighted) ? 0 : weighted;
}
