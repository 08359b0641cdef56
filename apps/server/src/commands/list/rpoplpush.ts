import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { ListEnd } from '../../values/list/list-end';
import { moveFromKey } from './move-from-key';

export const rpoplpush = defineCommand({
  name: 'rpoplpush',
  summary: 'Remove the last element in a list, prepend it to another list and return it',
  since: '1.2.0',
  group: 'list',
  complexity: 'O(1)',
  docFlags: ['deprecated'],
  deprecatedSince: '6.2.0',
  replacedBy: '`LMOVE` with the `RIGHT` and `LEFT` arguments',
  arity: 3,
  flags: ['write', 'denyoom'],
  categories: ['list'],
  keys: [keyAt(1, ['RW', 'access', 'delete']), keyAt(2, ['RW', 'insert'])],
  arguments: [
    { name: 'source', type: 'key', keySpec: 0 },
    { name: 'destination', type: 'key', keySpec: 1 },
  ],
  execute(args, reply, call) {
    if (!moveFromKey(args, reply, call, ListEnd.back, ListEnd.front)) reply.null();
  },
});
