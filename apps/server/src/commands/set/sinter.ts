import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { found, operands } from './operands';
import { writeFound } from './write-members';

export const sinter = defineCommand({
  name: 'sinter',
  summary: 'Intersect multiple sets',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.',
  arity: -2,
  flags: ['readonly'],
  categories: ['set'],
  tips: ['nondeterministic_output_order'],
  keys: [keysFrom(1, ['RO', 'access'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0, multiple: true }],
  execute(args, reply, call) {
    const { sets } = call.keyspace.values;
    operands.find(call, args, 1, args.count);
    if (operands.absent > 0) return reply.set(0);
    operands.putSmallestFirst(sets);
    const { cursor } = sets;
    found.clear();
    for (cursor.begin(operands.entries[0]!); cursor.advance(); ) {
      if (operands.allHave(sets, cursor)) found.push(cursor.handle());
    }
    reply.set(found.length);
    writeFound(reply, cursor, found);
  },
});
