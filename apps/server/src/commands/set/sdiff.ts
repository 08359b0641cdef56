import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { subtract } from './combine';
import { replyCombined } from './combined-set';
import { found, operands } from './operands';
import { writeFound } from './write-members';

export const sdiff = defineCommand({
  name: 'sdiff',
  summary: 'Subtract multiple sets',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(N) where N is the total number of elements in all given sets.',
  arity: -2,
  flags: ['readonly'],
  categories: ['set'],
  tips: ['nondeterministic_output_order'],
  keys: [keysFrom(1, ['RO', 'access'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0, multiple: true }],
  execute(args, reply, call) {
    const { sets } = call.keyspace.values;
    operands.find(call, args, 1, args.count);
    const first = operands.entries[0]!;
    if (first === 0) return reply.set(0);
    if (!operands.isFewerLookUps(sets)) return replyCombined(args, reply, call, subtract);
    const { cursor } = sets;
    found.clear();
    for (cursor.begin(first); cursor.advance(); ) if (operands.noOtherHas(sets, cursor)) found.push(cursor.handle());
    reply.set(found.length);
    writeFound(reply, cursor, found);
  },
});
