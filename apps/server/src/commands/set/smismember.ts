import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const smismember = defineCommand({
  name: 'smismember',
  summary: 'Returns the membership associated with the given elements for a set',
  since: '6.2.0',
  group: 'set',
  complexity: 'O(N) where N is the number of elements being checked for membership',
  arity: -3,
  flags: ['readonly', 'fast'],
  categories: ['set'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'member', type: 'string', multiple: true },
  ],
  execute(args, reply, call) {
    const { sets } = call.keyspace.values;
    const entry = findValue(call, args, 1, ValueType.set);
    reply.array(args.count - 2);
    for (let i = 2; i < args.count; i++) {
      reply.integer(entry !== 0 && sets.has(entry, args.bytes, args.start(i), args.end(i)) ? 1 : 0);
    }
  },
});
