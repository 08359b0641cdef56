import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { popCommand } from './pop-command';

export const zpopmin = defineCommand({
  name: 'zpopmin',
  summary: 'Remove and return members with the lowest scores in a sorted set',
  since: '5.0.0',
  group: 'sorted-set',
  complexity:
    'O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements popped.',
  arity: -2,
  flags: ['write', 'fast'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RW', 'access', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'count', type: 'integer', optional: true },
  ],
  execute(args, reply, call) {
    popCommand(args, reply, call, false);
  },
});
