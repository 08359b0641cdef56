import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const lrange = defineCommand({
  name: 'lrange',
  summary: 'Get a range of elements from a list',
  since: '1.0.0',
  group: 'list',
  complexity:
    'O(S+N) where S is the distance of start offset from HEAD for small lists, from nearest end (HEAD or TAIL) for large lists; and N is the number of elements in the specified range.',
  arity: 4,
  flags: ['readonly'],
  categories: ['list'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'start', type: 'integer' },
    { name: 'stop', type: 'integer' },
  ],
  execute(args, reply, call) {
    const { lists } = call.keyspace.values;
    const start = args.requireInteger(2);
    const end = args.requireInteger(3);
    const entry = findValue(call, args, 1, ValueType.list);
    if (entry === 0) return reply.emptyArray();
    const list = call.database.valueOf(entry);
    const length = lists.length(list);
    const first = start < 0 ? Math.max(0, length + start) : start;
    const last = Math.min(end < 0 ? length + end : end, length - 1);
    if (first > last || !lists.seek(list, first)) return reply.emptyArray();
    const { element } = lists;
    const count = last - first + 1;
    reply.array(count);
    for (let i = 0; i < count; i++) {
      lists.readForward();
      reply.bulk(element.bytes, element.start, element.end);
    }
  },
});
