import { defineCommand } from '../../command/define-command';
import { popFromFirst, requirePopRequest } from './pop-from-keys';

export const lmpop = defineCommand({
  name: 'lmpop',
  summary: 'Pop elements from a list',
  since: '7.0.0',
  group: 'list',
  complexity: 'O(N+M) where N is the number of provided keys and M is the number of elements returned.',
  arity: -4,
  flags: ['write'],
  categories: ['list'],
  keys: [{ flags: ['RW', 'access', 'delete'], begin: { index: 1 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } }],
  arguments: [
    { name: 'numkeys', type: 'integer' },
    { name: 'key', type: 'key', keySpec: 0, multiple: true },
    {
      name: 'where',
      type: 'oneof',
      arguments: [
        { name: 'left', type: 'pure-token', token: 'LEFT' },
        { name: 'right', type: 'pure-token', token: 'RIGHT' },
      ],
    },
    { name: 'count', type: 'integer', token: 'COUNT', optional: true },
  ],
  execute(args, reply, call) {
    if (!popFromFirst(args, reply, call, requirePopRequest(args, 1))) reply.nullArray();
  },
});
