import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { ListEnd } from '../../values/list/list-end';
import { popFromList } from './pop-from-list';

export const rpop = defineCommand({
  name: 'rpop',
  summary: 'Remove and get the last elements in a list',
  since: '1.0.0',
  group: 'list',
  complexity: 'O(N) where N is the number of elements returned',
  history: [['6.2.0', 'Added the `count` argument.']],
  arity: -2,
  flags: ['write', 'fast'],
  categories: ['list'],
  keys: [keyAt(1, ['RW', 'access', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'count', type: 'integer', since: '6.2.0', optional: true },
  ],
  execute(args, reply, call) {
    popFromList(args, reply, call, 'rpop', ListEnd.back);
  },
});
