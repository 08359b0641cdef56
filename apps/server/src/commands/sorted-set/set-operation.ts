import { aggregateScores, weightedScore } from './aggregate';
import type { ScoredSource } from './scored-source';
import type { SetOperationRequest } from './set-operation-request';

/** Takes a member of a result, the one that `source` is at, with its score; false ends the operation. */
export type ResultVisitor = (source: ScoredSource, score: number) => boolean;

/** Visits the members of a result, each once, in no order. */
export type SetOperation = (request: SetOperationRequest, visit: ResultVisitor) => void;

/** As Redis does, for its sums and theirs to be rounded alike: the smallest set first. */
function bySize(sources: readonly ScoredSource[]): ScoredSource[] {
  return [...sources].sort((a, b) => a.size - b.size);
}

/**
 * The members of any source. A member is taken from the first source that has it, which is cheaper to ask the sources before than
 * to note what was taken, and its score from all behind. O(members * sources).
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
      // Not a weighted score: Redis leaves the product of infinity and 0 here, which decides no minimum and spoils a sum.
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
