import { aggregateScores, weightedScore } from './aggregate';
import type { ScoredSource } from './scored-source';
import type { SetOperationRequest } from './set-operation-request';

/** Receives a member of the result, the current one of `source`, with its score. Returns false to end the operation. */
export type ResultVisitor = (source: ScoredSource, score: number) => boolean;

/** Visits each member of the result once, in no particular order. */
export type SetOperation = (request: SetOperationRequest, visit: ResultVisitor) => void;

/** Sorts the sources by size, as Redis does, so that sums are rounded equally. */
function bySize(sources: readonly ScoredSource[]): ScoredSource[] {
  return [...sources].sort((a, b) => a.size - b.size);
}

/**
 * The members of any source. A member is visited in the first source that has it, with the scores of the later sources. Looking
 * it up in the earlier sources is cheaper than remembering the visited members. O(members * sources).
 */
export const unite: SetOperation = ({ sources, aggregate }, visit) => {
  const sorted = bySize(sources);
  for (const [index, source] of sorted.entries()) {
    const isTaken = (): boolean => {
      for (let i = 0; i < index; i++) if (!Number.isNaN(sorted[i]!.scoreOf(source))) return true;
      return false;
    };
    for (source.begin(); source.next(); ) {
      if (isTaken()) continue;
      let score = weightedScore(source.score, source.weight);
      for (let i = index + 1; i < sorted.length; i++) {
        const other = sorted[i]!.scoreOf(source);
        if (!Number.isNaN(other)) score = aggregateScores(score, weightedScore(other, sorted[i]!.weight), aggregate);
      }
      if (!visit(source, score)) return;
    }
  }
};

/** The members of all sources. O(members of the smallest * sources). */
export const intersect: SetOperation = ({ sources, aggregate }, visit) => {
  const [smallest, ...others] = bySize(sources);
  for (smallest!.begin(); smallest!.next(); ) {
    let score = weightedScore(smallest!.score, smallest!.weight);
    let isEverywhere = true;
    for (const source of others) {
      const other = source.scoreOf(smallest!);
      if (Number.isNaN(other)) {
        isEverywhere = false;
        break;
      }
      // Not `weightedScore`: as in Redis, infinity times 0 is NaN here, which does not affect a minimum or maximum, but a sum.
      score = aggregateScores(score, other * source.weight, aggregate);
    }
    if (isEverywhere && !visit(smallest!, score)) return;
  }
};

/** The members of the first source that no other one has. O(members of the first * sources). */
export const subtract: SetOperation = ({ sources }, visit) => {
  const [first, ...others] = sources;
  for (first!.begin(); first!.next(); ) {
    if (others.some((source) => !Number.isNaN(source.scoreOf(first!)))) continue;
    if (!visit(first!, first!.score)) return;
  }
};
