import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValueForWrite } from '../../command/lookup';
import { SYNTAX_ERROR } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { ValueType } from '../../values/entry';

export const linsert = defineCommand({
  name: 'linsert',
  summary: 'Insert an element before or after another element in a list',
  since: '2.2.0',
  group: 'list',
  complexity:
    'O(N) where N is the number of elements to traverse before seeing the value pivot. This means that inserting somewhere on the left end on the list (head) can be considered O(1) and inserting somewhere on the right end (tail) is O(N).',
  arity: 5,
  flags: ['write', 'denyoom'],
  categories: ['list'],
  keys: [keyAt(1, ['RW', 'insert'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'where',
      type: 'oneof',
      arguments: [
        { name: 'before', type: 'pure-token', token: 'BEFORE' },
        { name: 'after', type: 'pure-token', token: 'AFTER' },
      ],
    },
    { name: 'pivot', type: 'string' },
    { name: 'element', type: 'string' },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { lists } = call.keyspace.values;
    const { bytes } = args;
    const isBefore = args.equals(2, 'before');
    if (!isBefore && !args.equals(2, 'after')) throw SYNTAX_ERROR;
    const entry = findValueForWrite(call, args, 1, ValueType.list);
    if (entry === 0) return reply.integer(0);
    const list = database.valueOf(entry);
    lists.seek(list, 0);
    if (!lists.find(bytes, args.start(3), args.end(3), false, lists.length(list))) return reply.integer(-1);
    lists.insert(isBefore, bytes, args.start(4), args.end(4));
    database.changed(KeyEvents.list.linsert, bytes, args.start(1), args.end(1));
    reply.integer(lists.length(list));
  },
});
