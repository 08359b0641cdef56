import { defineCommand } from '../../command/define-command';
import { intersect } from './set-operation';
import { SetOperationRequest } from './set-operation-request';

export const zintercard = defineCommand({
  name: 'zintercard',
  summary: 'Intersect multiple sorted sets and return the cardinality of the result',
  since: '7.0.0',
  group: 'sorted-set',
  complexity: 'O(N*K) worst case with N being the smallest input sorted set, K being the number of input sorted sets.',
  arity: -3,
  flags: ['readonly'],
  categories: ['sortedset'],
  keys: [{ flags: ['RO', 'access'], begin: { index: 1 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } }],
  arguments: [
    { name: 'numkeys', type: 'integer' },
    { name: 'key', type: 'key', keySpec: 0, multiple: true },
    { name: 'limit', type: 'integer', token: 'LIMIT', optional: true },
  ],
  execute(args, reply, call) {
    const form = { hasAggregate: false, hasScores: false, hasLimit: true };
    const request = new SetOperationRequest(args, call, 1, form);
    let count = 0;
    intersect(request, () => ++count < request.limit);
    reply.integer(count);
  },
});
