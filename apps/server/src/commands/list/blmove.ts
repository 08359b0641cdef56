import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { requireDeadline } from '../../request/blocking-deadline';
import { requireListEnd } from './list-end-argument';
import { moveOrBlock } from './move-from-key';

export const blmove = defineCommand({
  name: 'blmove',
  summary: 'Pop an element from a list, push it to another list and return it; or block until one is available',
  since: '6.2.0',
  group: 'list',
  complexity: 'O(1)',
  arity: 6,
  flags: ['write', 'denyoom', 'noscript', 'blocking'],
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
    { name: 'timeout', type: 'double' },
  ],
  execute(args, reply, call) {
    const from = requireListEnd(args, 3);
    const to = requireListEnd(args, 4);
    moveOrBlock(args, reply, call, from, to, requireDeadline(args, 5, call.server.clock), 'LMOVE');
  },
});
