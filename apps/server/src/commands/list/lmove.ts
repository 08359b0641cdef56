import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { requireListEnd } from './list-end-argument';
import { moveFromKey } from './move-from-key';

export const lmove = defineCommand({
  name: 'lmove',
  summary: 'Pop an element from a list, push it to another list and return it',
  since: '6.2.0',
  group: 'list',
  complexity: 'O(1)',
  arity: 5,
  flags: ['write', 'denyoom'],
  categories: ['list'],
  keys: [keyAt(1, ['RW', 'access', 'delete']), keyAt(2, ['RW', 'insert'])],
  arguments: [
    { name: 'source', type: 'key', keySpec: 0 },
    { name: 'destination', type: 'key', keySpec: 1 },
    {
      name: 'wherefrom',
      type: 'oneof',
      arguments: [
        { name: 'left', type: 'pure-token', token: 'LEFT' },
        { name: 'right', type: 'pure-token', token: 'RIGHT' },
      ],
    },
    {
      name: 'whereto',
      type: 'oneof',
      arguments: [
        { name: 'left', type: 'pure-token', token: 'LEFT' },
        { name: 'right', type: 'pure-token', token: 'RIGHT' },
      ],
    },
  ],
  execute(args, reply, call) {
    const from = requireListEnd(args, 3);
    const to = requireListEnd(args, 4);
    if (!moveFromKey(args, reply, call, from, to)) reply.null();
  },
});
