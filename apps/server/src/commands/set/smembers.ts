import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';
import { writeMembers } from './write-members';

export const smembers = defineCommand({
  name: 'smembers',
  summary: 'Get all the members in a set',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(N) where N is the set cardinality.',
  arity: 2,
  flags: ['readonly'],
  categories: ['set'],
  tips: ['nondeterministic_output_order'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const entry = findValue(call, args, 1, ValueType.set);
    if (entry === 0) return reply.set(0);
    writeMembers(reply, call.keyspace.values.sets, entry);
  },
});
