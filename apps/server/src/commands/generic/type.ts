import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { TYPE_NAMES } from '../../values/entry';

export const type = defineCommand({
  name: 'type',
  summary: 'Determine the type stored at key',
  since: '1.0.0',
  group: 'generic',
  complexity: 'O(1)',
  arity: 2,
  flags: ['readonly', 'fast'],
  categories: ['keyspace'],
  keys: [keyAt(1, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const { database } = call;
    const entry = database.peek(args.bytes, args.start(1), args.end(1));
    reply.simple(entry === 0 ? 'none' : TYPE_NAMES[database.typeOf(entry)]!);
  },
});
