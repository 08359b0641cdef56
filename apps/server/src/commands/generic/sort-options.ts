import { SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';

const STAR = 0x2a;

/** The options of SORT and SORT_RO. Patterns and keys are indexes of arguments, 0 if not given. */
export class SortOptions {
  isDescending = false;
  isAlphabetic = false;
  /** Number of elements to skip; negative for none. */
  offset = 0;
  /** Number of elements to return; negative for all. */
  limit = -1;
  /** The pattern of BY. */
  by = 0;
  /** Whether the pattern of BY has no star, so that the elements are not sorted. */
  keepsOrder = false;
  /** The key of STORE. */
  target = 0;
  /** The patterns of GET. */
  readonly gets: number[] = [];

  /**
   * Parses the options from argument 2 on.
   * @throws ReplyError when an option is invalid.
   */
  constructor(args: Arguments, mayStore: boolean) {
    for (let i = 2; i < args.count; i++) {
      const left = args.count - 1 - i;
      if (args.equals(i, 'asc')) {
        this.isDescending = false;
      } else if (args.equals(i, 'desc')) {
        this.isDescending = true;
      } else if (args.equals(i, 'alpha')) {
        this.isAlphabetic = true;
      } else if (left >= 2 && args.equals(i, 'limit')) {
        this.offset = args.requireInteger(++i);
        this.limit = args.requireInteger(++i);
      } else if (left >= 1 && mayStore && args.equals(i, 'store')) {
        this.target = ++i;
      } else if (left >= 1 && args.equals(i, 'by')) {
        this.by = ++i;
        // As in Redis, a pattern without a star has effect even if another BY follows.
        if (starOf(args, i) < 0) this.keepsOrder = true;
      } else if (left >= 1 && args.equals(i, 'get')) {
        this.gets.push(++i);
      } else {
        throw SYNTAX_ERROR;
      }
    }
  }
}

/** Offset in the request's bytes of the first star of the pattern at `index`, searched up to a NUL byte; or -1. O(length). */
export function starOf(args: Arguments, index: number): number {
  const end = args.end(index);
  for (let at = args.start(index); at < end; at++) {
    const byte = args.bytes[at]!;
    if (byte === STAR) return at;
    if (byte === 0) return -1;
  }
  return -1;
}
