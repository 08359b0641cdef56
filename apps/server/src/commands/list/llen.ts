import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const llen = defineCommand({
  name: 'llen',
  summary: 'Get the length of a list',
  since: '1.0.0',
  group: 'list',
  complexity: 'O(1)',
  arity: 2,
  flags: ['readonly', 'fast'],
  categories: ['list'],
  keys: [keyAt(1, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const entry = findValue(call, args, 1, ValueType.list);
    reply.integer(entry === 0 ? 0 : call.keyspace.values.lists.length(call.database.valueOf(entry)));
  },
});
