import { defineCommand } from '../../command/define-command';
import { ListEnd } from '../../values/list/list-end';
import { popOrBlock } from './pop-or-block';

export const blpop = defineCommand({
  name: 'blpop',
  summary: 'Remove and get the first element in a list, or block until one is available',
  since: '2.0.0',
  group: 'list',
  complexity: 'O(N) where N is the number of provided keys.',
  history: [['6.0.0', '`timeout` is interpreted as a double instead of an integer.']],
  arity: -3,
  flags: ['write', 'noscript', 'blocking'],
  categories: ['list'],
  keys: [{ flags: ['RW', 'access', 'delete'], begin: { index: 1 }, find: { lastKey: -2, step: 1, limit: 0 } }],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0, multiple: true },
    { name: 'timeout', type: 'double' },
  ],
  execute(args, reply, call) {
    popOrBlock(args, reply, call, ListEnd.front);
  },
});
