import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const scard = defineCommand({
  name: 'scard',
  summary: 'Get the number of members in a set',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(1)',
  arity: 2,
  flags: ['readonly', 'fast'],
  categories: ['set'],
  keys: [keyAt(1, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const entry = findValue(call, args, 1, ValueType.set);
    reply.integer(entry === 0 ? 0 : call.keyspace.values.sets.size(entry));
  },
});
