import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';

export const persist = defineCommand({
  name: 'persist',
  summary: 'Remove the expiration from a key',
  since: '2.2.0',
  group: 'generic',
  complexity: 'O(1)',
  arity: 2,
  flags: ['write', 'fast'],
  categories: ['keyspace'],
  keys: [keyAt(1, ['RW', 'update'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const { database } = call;
    const start = args.start(1);
    const end = args.end(1);
    const entry = database.findForWrite(args.bytes, start, end);
    if (entry === 0 || !database.hasDeadline(entry)) return reply.integer(0);
    database.clearDeadline(entry);
    database.changed(KeyEvents.generic.persist, args.bytes, start, end);
    reply.integer(1);
  },
});
