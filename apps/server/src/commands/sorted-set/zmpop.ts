import { defineCommand } from '../../command/define-command';
import { findValueForWrite } from '../../command/lookup';
import { ValueType } from '../../values/entry';
import { requireMultiplePop } from './multiple-pop';

export const zmpop = defineCommand({
  name: 'zmpop',
  summary: 'Remove and return members with scores in a sorted set',
  since: '7.0.0',
  group: 'sorted-set',
  complexity:
    'O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.',
  arity: -4,
  flags: ['write'],
  categories: ['sortedset'],
  keys: [{ flags: ['RW', 'access', 'delete'], begin: { index: 1 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } }],
  arguments: [
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
    const { keysEnd, pop } = requireMultiplePop(args, 1);
    for (let i = 2; i < keysEnd; i++) {
      const entry = findValueForWrite(call, args, i, ValueType.sortedSet);
      if (entry === 0) continue;
      pop.take(entry, args.bytes, args.start(i), args.end(i), reply, call);
      return;
    }
    reply.nullArray();
  },
});
