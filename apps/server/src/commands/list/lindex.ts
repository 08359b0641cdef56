import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const lindex = defineCommand({
  name: 'lindex',
  summary: 'Get an element from a list by its index',
  since: '1.0.0',
  group: 'list',
  complexity:
    'O(N) where N is the number of elements to traverse to get to the element at index. This makes asking for the first or the last element of the list O(1).',
  arity: 3,
  flags: ['readonly'],
  categories: ['list'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'index', type: 'integer' },
  ],
  execute(args, reply, call) {
    const { lists } = call.keyspace.values;
    const entry = findValue(call, args, 1, ValueType.list);
    if (entry === 0) return reply.null();
    if (!lists.seek(call.database.valueOf(entry), args.requireInteger(2))) return reply.null();
    lists.readForward();
    const { bytes, start, end } = lists.element;
    reply.bulk(bytes, start, end);
  },
});
