import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { KeyedPop } from './keyed-pop';

const NO_KEYS = new ReplyError('ERR numkeys should be greater than 0');
const NO_COUNT = new ReplyError('ERR count should be greater than 0');

/** The request of ZMPOP and BZMPOP. */
export interface MultiplePop {
  /** Index of the argument after the last key; the first key follows the number of keys. */
  readonly keysEnd: number;
  readonly pop: KeyedPop;
}

/**
 * Parses `numkeys key [key ...] MIN | MAX [COUNT count]` from argument `index` on. O(arguments).
 * @throws ReplyError when the arguments are invalid.
 */
export function requireMultiplePop(args: Arguments, index: number): MultiplePop {
  const keys = args.requireIntegerBetween(index, 1, Number.POSITIVE_INFINITY, NO_KEYS);
  const keysEnd = index + 1 + keys;
  if (keysEnd >= args.count) throw SYNTAX_ERROR;
  const fromMax = args.equals(keysEnd, 'max');
  if (!fromMax && !args.equals(keysEnd, 'min')) throw SYNTAX_ERROR;
  let count = 0;
  for (let i = keysEnd + 1; i < args.count; i += 2) {
    if (count !== 0 || !args.equals(i, 'count') || i + 1 === args.count) throw SYNTAX_ERROR;
    count = args.requireIntegerBetween(i + 1, 1, Number.POSITIVE_INFINITY, NO_COUNT);
  }
  return { keysEnd, pop: new KeyedPop(fromMax, count === 0 ? 1 : count, true) };
}
