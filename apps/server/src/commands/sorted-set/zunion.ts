import { defineCommand } from '../../command/define-command';
import { replyWithResult } from './reply-with-result';
import { unite } from './set-operation';

export const zunion = defineCommand({
  name: 'zunion',
  summary: 'Add multiple sorted sets',
  since: '6.2.0',
  group: 'sorted-set',
  complexity:
    'O(N)+O(M*log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.',
  arity: -3,
  flags: ['readonly'],
  categories: ['sortedset'],
  keys: [{ flags: ['RO', 'access'], begin: { index: 1 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } }],
  arguments: [
    { name: 'numkeys', type: 'integer' },
    { name: 'key', type: 'key', keySpec: 0, multiple: true },
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
    { name: 'withscores', type: 'pure-token', token: 'WITHSCORES', optional: true },
  ],
  execute(args, reply, call) {
    replyWithResult(args, reply, call, unite, true);
  },
});
