import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { SAME_OBJECT, SYNTAX_ERROR } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { copyEntry } from '../../keyspace/transfer';
import { requireDatabase } from '../../request/database-argument';

export const copy = defineCommand({
  name: 'copy',
  summary: 'Copy a key',
  since: '6.2.0',
  group: 'generic',
  complexity: 'O(N) worst case for collections, where N is the number of nested items. O(1) for string values.',
  arity: -3,
  flags: ['write', 'denyoom'],
  categories: ['keyspace'],
  keys: [keyAt(1, ['RO', 'access']), keyAt(2, ['OW', 'update'])],
  arguments: [
    { name: 'source', type: 'key', keySpec: 0 },
    { name: 'destination', type: 'key', keySpec: 1 },
    { name: 'destination-db', type: 'integer', token: 'DB', optional: true },
    { name: 'replace', type: 'pure-token', token: 'REPLACE', optional: true },
  ],
  execute(args, reply, call) {
    const { keyspace } = call;
    const source = call.database;
    let target = source;
    let replaces = false;
    for (let i = 3; i < args.count; i++) {
      if (args.equals(i, 'replace')) replaces = true;
      else if (args.equals(i, 'db') && i + 1 < args.count) target = requireDatabase(args, ++i, keyspace);
      else throw SYNTAX_ERROR;
    }
    const start = args.start(2);
    const end = args.end(2);
    if (source === target && args.isSameArgument(1, 2)) throw SAME_OBJECT;
    const entry = source.findForRead(args.bytes, args.start(1), args.end(1));
    if (entry === 0) return reply.integer(0);
    if (target.findForWrite(args.bytes, start, end) !== 0 && !replaces) return reply.integer(0);
    copyEntry(keyspace, source, entry, target, args.bytes, start, end);
    target.changed(KeyEvents.generic.copy_to, args.bytes, start, end);
    reply.integer(1);
  },
});
