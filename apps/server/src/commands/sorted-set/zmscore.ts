import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const zmscore = defineCommand({
  name: 'zmscore',
  summary: 'Get the score associated with the given members in a sorted set',
  since: '6.2.0',
  group: 'sorted-set',
  complexity: 'O(N) where N is the number of members being requested.',
  arity: -3,
  flags: ['readonly', 'fast'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'member', type: 'string', multiple: true },
  ],
  execute(args, reply, call) {
    const entry = findValue(call, args, 1, ValueType.sortedSet);
    const { sortedSets } = call.keyspace.values;
    reply.array(args.count - 2);
    for (let i = 2; i < args.count; i++) {
      const score = entry === 0 ? Number.NaN : sortedSets.scoreOf(entry, args.bytes, args.start(i), args.end(i));
      if (Number.isNaN(score)) reply.null();
      else reply.double(score);
    }
  },
});
