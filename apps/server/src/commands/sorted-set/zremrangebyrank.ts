import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';
import { RangeKind } from './range-request';
import { removeRange } from './remove-range';

export const zremrangebyrank = defineCommand({
  name: 'zremrangebyrank',
  summary: 'Remove all members in a sorted set within the given indexes',
  since: '2.0.0',
  group: 'sorted-set',
  complexity:
    'O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.',
  arity: 4,
  flags: ['write'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RW', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'start', type: 'integer' },
    { name: 'stop', type: 'integer' },
  ],
  execute(args, reply, call) {
    removeRange(args, reply, call, RangeKind.rank, KeyEvents.sortedSet.zremrangebyrank);
  },
});
