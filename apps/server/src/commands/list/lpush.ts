import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { ListEnd } from '../../values/list/list-end';
import { pushElements } from './push-elements';

export const lpush = defineCommand({
  name: 'lpush',
  summary: 'Prepend one or multiple elements to a list',
  since: '1.0.0',
  group: 'list',
  complexity:
    'O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.',
  history: [['2.4.0', 'Accepts multiple `element` arguments.']],
  arity: -3,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['list'],
  keys: [keyAt(1, ['RW', 'insert'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'element', type: 'string', multiple: true },
  ],
  execute(args, reply, call) {
    pushElements(args, reply, call, ListEnd.front, true);
  },
});
