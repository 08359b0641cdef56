import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { RangeDirection, RangeKind } from './range-request';
import { replyWithRange } from './reply-with-range';

export const zrevrangebylex = defineCommand({
  name: 'zrevrangebylex',
  summary: 'Return a range of members in a sorted set, by lexicographical range, ordered from higher to lower strings.',
  since: '2.8.9',
  group: 'sorted-set',
  complexity:
    'O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).',
  docFlags: ['deprecated'],
  deprecatedSince: '6.2.0',
  replacedBy: '`ZRANGE` with the `REV` and `BYLEX` arguments',
  arity: -4,
  flags: ['readonly'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'max', type: 'string' },
    { name: 'min', type: 'string' },
    {
      name: 'offset_count',
      type: 'block',
      token: 'LIMIT',
      optional: true,
      arguments: [
        { name: 'offset', type: 'integer' },
        { name: 'count', type: 'integer' },
      ],
    },
  ],
  execute(args, reply, call) {
    replyWithRange(args, reply, call, RangeKind.lexical, RangeDirection.reverse);
  },
});
