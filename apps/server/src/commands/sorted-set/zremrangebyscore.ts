import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';
import { RangeKind } from './range-request';
import { removeRange } from './remove-range';

export const zremrangebyscore = defineCommand({
  name: 'zremrangebyscore',
  summary: 'Remove all members in a sorted set within the given scores',
  since: '1.2.0',
  group: 'sorted-set',
  complexity:
    'O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.',
  arity: 4,
  flags: ['write'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RW', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'min', type: 'double' },
    { name: 'max', type: 'double' },
  ],
  execute(args, reply, call) {
    removeRange(args, reply, call, RangeKind.score, KeyEvents.sortedSet.zremrangebyscore);
  },
});
