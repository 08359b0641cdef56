import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const sismember = defineCommand({
  name: 'sismember',
  summary: 'Determine if a given value is a member of a set',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(1)',
  arity: 3,
  flags: ['readonly', 'fast'],
  categories: ['set'],
  keys: [keyAt(1, ['RO'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'member', type: 'string' },
  ],
  execute(args, reply, call) {
    const { sets } = call.keyspace.values;
    const entry = findValue(call, args, 1, ValueType.set);
    reply.integer(entry !== 0 && sets.has(entry, args.bytes, args.start(2), args.end(2)) ? 1 : 0);
  },
});
