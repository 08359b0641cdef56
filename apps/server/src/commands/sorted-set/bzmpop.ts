import { defineCommand } from '../../command/define-command';
import { requireDeadline } from '../../request/blocking-deadline';
import { requireMultiplePop } from './multiple-pop';
import { popOrBlock } from './pop-or-block';

export const bzmpop = defineCommand({
  name: 'bzmpop',
  summary: 'Remove and return members with scores in a sorted set or block until one is available',
  since: '7.0.0',
  group: 'sorted-set',
  complexity:
    'O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.',
  arity: -5,
  flags: ['write', 'blocking'],
  categories: ['sortedset'],
  keys: [{ flags: ['RW', 'access', 'delete'], begin: { index: 2 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } }],
  arguments: [
    { name: 'timeout', type: 'double' },
    { name: 'numkeys', type: 'integer' },
    { name: 'key', type: 'key', keySpec: 0, multiple: true },
    {
      name: 'where',
      type: 'oneof',
      arguments: [
        { name: 'min', type: 'pure-token', token: 'MIN' },
        { name: 'max', type: 'pure-token', token: 'MAX' },
      ],
    },
    { name: 'count', type: 'integer', token: 'COUNT', optional: true },
  ],
  execute(args, reply, call) {
    const { keysEnd, pop } = requireMultiplePop(args, 2);
    popOrBlock(args, reply, call, 3, keysEnd, requireDeadline(args, 1, call.server.clock), pop);
  },
});
