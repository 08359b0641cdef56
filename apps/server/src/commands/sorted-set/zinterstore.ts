import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';
import { replyWithStored } from './reply-with-result';
import { intersect } from './set-operation';

export const zinterstore = defineCommand({
  name: 'zinterstore',
  summary: 'Intersect multiple sorted sets and store the resulting sorted set in a new key',
  since: '2.0.0',
  group: 'sorted-set',
  complexity:
    'O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.',
  arity: -4,
  flags: ['write', 'denyoom'],
  categories: ['sortedset'],
  keys: [
    keyAt(1, ['OW', 'update']),
    { flags: ['RO', 'access'], begin: { index: 2 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } },
  ],
  arguments: [
    { name: 'destination', type: 'key', keySpec: 0 },
    { name: 'numkeys', type: 'integer' },
    { name: 'key', type: 'key', keySpec: 1, multiple: true },
    { name: 'weight', type: 'integer', token: 'WEIGHTS', optional: true, multiple: true },
    {
      name: 'aggregate',
      type: 'oneof',
      token: 'AGGREGATE',
      optional: true,
      arguments: [
        { name: 'sum', type: 'pure-token', token: 'SUM' },
        { name: 'min', type: 'pure-token', token: 'MIN' },
        { name: 'max', type: 'pure-token', token: 'MAX' },
      ],
    },
  ],
  execute(args, reply, call) {
    replyWithStored(args, reply, call, intersect, true, KeyEvents.sortedSet.zinterstore);
  },
});
