import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValueForWrite } from '../../command/lookup';
import { NO_SUCH_KEY, ReplyError } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { ValueType } from '../../values/entry';

const INDEX_OUT_OF_RANGE = new ReplyError('ERR index out of range');

export const lset = defineCommand({
  name: 'lset',
  summary: 'Set the value of an element in a list by its index',
  since: '1.0.0',
  group: 'list',
  complexity:
    'O(N) where N is the length of the list. Setting either the first or the last element of the list is O(1).',
  arity: 4,
  flags: ['write', 'denyoom'],
  categories: ['list'],
  keys: [keyAt(1, ['RW', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'index', type: 'integer' },
    { name: 'element', type: 'string' },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { lists } = call.keyspace.values;
    const { bytes } = args;
    const entry = findValueForWrite(call, args, 1, ValueType.list);
    if (entry === 0) throw NO_SUCH_KEY;
    if (!lists.seek(database.valueOf(entry), args.requireInteger(2))) throw INDEX_OUT_OF_RANGE;
    lists.replace(bytes, args.start(3), args.end(3));
    database.changed(KeyEvents.list.lset, bytes, args.start(1), args.end(1));
    reply.ok();
  },
});
