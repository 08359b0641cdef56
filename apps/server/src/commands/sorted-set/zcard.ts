import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const zcard = defineCommand({
  name: 'zcard',
  summary: 'Get the number of members in a sorted set',
  since: '1.2.0',
  group: 'sorted-set',
  complexity: 'O(1)',
  arity: 2,
  flags: ['readonly', 'fast'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const entry = findValue(call, args, 1, ValueType.sortedSet);
    reply.integer(entry === 0 ? 0 : call.keyspace.values.sortedSets.size(entry));
  },
});
