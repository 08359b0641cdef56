import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { SAME_OBJECT } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { moveEntry } from '../../keyspace/transfer';
import { requireDatabase } from '../../request/database-argument';

export const move = defineCommand({
  name: 'move',
  summary: 'Move a key to another database',
  since: '1.0.0',
  group: 'generic',
  complexity: 'O(1)',
  arity: 3,
  flags: ['write', 'fast'],
  categories: ['keyspace'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'db', type: 'integer' },
  ],
  execute(args, reply, call) {
    const { keyspace } = call;
    const source = call.database;
    const target = requireDatabase(args, 2, keyspace);
    if (source === target) throw SAME_OBJECT;
    const start = args.start(1);
    const end = args.end(1);
    const entry = source.findForWrite(args.bytes, start, end);
    if (entry === 0 || target.findForWrite(args.bytes, start, end) !== 0) return reply.integer(0);
    moveEntry(keyspace, source, entry, target, args.bytes, start, end);
    source.changed(KeyEvents.generic.move_from, args.bytes, start, end);
    target.changed(KeyEvents.generic.move_to, args.bytes, start, end, 0);
    reply.integer(1);
  },
});
