import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { RangeDirection, RangeKind } from './range-request';
import { replyWithRange } from './reply-with-range';

export const zrevrange = defineCommand({
  name: 'zrevrange',
  summary: 'Return a range of members in a sorted set, by index, with scores ordered from high to low',
  since: '1.2.0',
  group: 'sorted-set',
  complexity:
    'O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.',
  docFlags: ['deprecated'],
  deprecatedSince: '6.2.0',
  replacedBy: '`ZRANGE` with the `REV` argument',
  arity: -4,
  flags: ['readonly'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'start', type: 'integer' },
    { name: 'stop', type: 'integer' },
    { name: 'withscores', type: 'pure-token', token: 'WITHSCORES', optional: true },
  ],
  execute(args, reply, call) {
    replyWithRange(args, reply, call, RangeKind.rank, RangeDirection.reverse);
  },
});
