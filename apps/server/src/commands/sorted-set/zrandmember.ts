import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { ValueType } from '../../values/entry';
import { INT64_MAX } from '../../values/integer';
import { writeDistinct, writeDrawn } from './random-members';

const COUNT_OUT_OF_RANGE = new ReplyError(
  `ERR value is out of range, value must between ${-INT64_MAX} and ${INT64_MAX}`,
);
const PAIR_COUNT_OUT_OF_RANGE = new ReplyError('ERR value is out of range');

export const zrandmember = defineCommand({
  name: 'zrandmember',
  summary: 'Get one or multiple random elements from a sorted set',
  since: '6.2.0',
  group: 'sorted-set',
  complexity: 'O(N) where N is the number of elements returned',
  arity: -2,
  flags: ['readonly'],
  categories: ['sortedset'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'options',
      type: 'block',
      optional: true,
      arguments: [
        { name: 'count', type: 'integer' },
        { name: 'withscores', type: 'pure-token', token: 'WITHSCORES', optional: true },
      ],
    },
  ],
  execute(args, reply, call) {
    const { cursor } = call.keyspace.values.sortedSets;
    if (args.count > 2) {
      const count = requireCount(args);
      const withScores = args.count === 4;
      const entry = findValue(call, args, 1, ValueType.sortedSet);
      if (entry === 0 || count === 0) reply.emptyArray();
      else if (count < 0) writeDrawn(reply, call, entry, -count, withScores);
      else writeDistinct(reply, call, entry, count, withScores);
      return;
    }
    const entry = findValue(call, args, 1, ValueType.sortedSet);
    if (entry === 0) return reply.null();
    cursor.toRandom(entry);
    const { bytes, start, end } = cursor.member;
    reply.bulk(bytes, start, end);
  },
});

/** The number of members; negative if they may repeat. WITHSCORES halves the limits, because it doubles the reply. */
function requireCount(args: Arguments): number {
  const count = args.requireBigInteger(2);
  const magnitude = count < 0n ? -count : count;
  if (magnitude > INT64_MAX) throw COUNT_OUT_OF_RANGE;
  if (args.count > 4 || (args.count === 4 && !args.equals(3, 'withscores'))) throw SYNTAX_ERROR;
  if (args.count === 4 && magnitude > INT64_MAX / 2n) throw PAIR_COUNT_OUT_OF_RANGE;
  return Number(count);
}
