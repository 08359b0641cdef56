import type { KeySpecification } from './key-specification';

/** The keys of a command as Redis before 7 describes them: first and last argument, and the step between. */
export interface LegacyKeyRange {
  readonly first: number;
  /** Negative: counted from the last argument. */
  readonly last: number;
  readonly step: number;
  /** Whether there are keys outside the range. */
  readonly isPartial: boolean;
}

/**
 * The range that follows from a command's key specifications, after populateCommandLegacyRangeSpec of redis-server 7.0: one
 * range, or adjacent ones with step 1 as one; everything else makes it partial ("movablekeys"). O(specifications).
 */
export function legacyKeyRange(keys: readonly KeySpecification[]): LegacyKeyRange {
  const only = keys.length === 1 ? rangeOf(keys[0]!) : null;
  if (only !== null) return { ...only, isPartial: keys[0]!.flags.includes('incomplete') };

  let isPartial = false;
  let whole: Range | null = null;
  for (const key of keys) {
    const range = rangeOf(key);
    if (range === null || range.step !== 1 || (whole !== null && whole.last !== range.first - 1)) {
      isPartial = true;
      continue;
    }
    if (key.flags.includes('incomplete')) isPartial = true;
    whole = joined(whole, range);
  }
  return { ...(whole ?? { first: 0, last: 0, step: 0 }), isPartial };
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

function rangeOf({ begin, find }: KeySpecification): Range | null {
  if (begin === 'unknown' || !('index' in begin) || find === 'unknown' || !('lastKey' in find)) return null;
  const last = find.lastKey >= 0 ? begin.index + find.lastKey : find.lastKey;
  return { first: begin.index, last, step: find.step };
}

function joined(whole: Range | null, next: Range): Range {
  return whole === null ? next : { ...whole, last: lastOf(whole.last, next.last) };
}

/** The later of two positions; one counted from the end is later than every one counted from the start. */
function lastOf(first: number, second: number): number {
  return first < 0 || second < 0 ? Math.max(Math.min(first, -1), Math.min(second, -1)) : Math.max(first, second);
}
