import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { ValueType } from '../../values/entry';

const RANK_IS_ZERO = new ReplyError(
  "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the " +
    'end of the list',
);
const NEGATIVE_COUNT = new ReplyError("ERR COUNT can't be negative");
const NEGATIVE_LENGTH = new ReplyError("ERR MAXLEN can't be negative");

export const lpos = defineCommand({
  name: 'lpos',
  summary: 'Return the index of matching elements on a list',
  since: '6.0.6',
  group: 'list',
  complexity:
    'O(N) where N is the number of elements in the list, for the average case. When searching for elements near the head or the tail of the list, or when the MAXLEN option is provided, the command may run in constant time.',
  arity: -3,
  flags: ['readonly'],
  categories: ['list'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'element', type: 'string' },
    { name: 'rank', type: 'integer', token: 'RANK', optional: true },
    { name: 'num-matches', type: 'integer', token: 'COUNT', optional: true },
    { name: 'len', type: 'integer', token: 'MAXLEN', optional: true },
  ],
  execute(args, reply, call) {
    const { lists } = call.keyspace.values;
    const { bytes } = args;
    const { rank, count, maxLength, isBackward } = requireOptions(args);
    const entry = findValue(call, args, 1, ValueType.list);
    const indexes: number[] = [];
    let matches = 0;
    let left = maxLength;
    let isOnElement = entry !== 0 && lists.seek(call.database.valueOf(entry), isBackward ? -1 : 0);
    while (isOnElement && indexes.length < (count ?? 1)) {
      const from = lists.index;
      if (!lists.find(bytes, args.start(2), args.end(2), isBackward, left)) break;
      matches++;
      if (matches >= rank) indexes.push(lists.index);
      left -= Math.abs(lists.index - from) + 1;
      isOnElement = lists.step(isBackward);
    }
    if (count !== null) {
      reply.array(indexes.length);
      for (const index of indexes) reply.integer(index);
    } else if (indexes.length > 0) {
      reply.integer(indexes[0]!);
    } else {
      reply.null();
    }
  },
});

interface Options {
  /** The first match to return, from 1. */
  readonly rank: number;
  /** Maximum number of matches, replied as an array; null to reply with the first match only. */
  readonly count: number | null;
  /** Maximum number of elements to compare. */
  readonly maxLength: number;
  readonly isBackward: boolean;
}

function requireOptions(args: Arguments): Options {
  let rank = 1;
  let count: number | null = null;
  let maxLength = Number.POSITIVE_INFINITY;
  let isBackward = false;
  for (let i = 3; i < args.count; i += 2) {
    const hasValue = i + 1 < args.count;
    if (hasValue && args.equals(i, 'rank')) {
      const signed = args.requireInteger(i + 1);
      if (signed === 0) throw RANK_IS_ZERO;
      isBackward = signed < 0;
      // The smallest 64-bit number cannot be negated: in redis-server it remains negative, below any number of matches.
      rank = args.requireBigInteger(i + 1) === -(2n ** 63n) ? 1 : Math.abs(signed);
    } else if (hasValue && args.equals(i, 'count')) {
      count =
        args.requireIntegerBetween(i + 1, 0, Number.POSITIVE_INFINITY, NEGATIVE_COUNT) || Number.POSITIVE_INFINITY;
    } else if (hasValue && args.equals(i, 'maxlen')) {
      maxLength =
        args.requireIntegerBetween(i + 1, 0, Number.POSITIVE_INFINITY, NEGATIVE_LENGTH) || Number.POSITIVE_INFINITY;
    } else {
      throw SYNTAX_ERROR;
    }
  }
  return { rank, count, maxLength, isBackward };
}
