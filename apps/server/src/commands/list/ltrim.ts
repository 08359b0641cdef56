import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValueForWrite } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import { ValueType } from '../../values/entry';
import { ListEnd } from '../../values/list/list-end';
import { elementsRemoved } from './pop-elements';

export const ltrim = defineCommand({
  name: 'ltrim',
  summary: 'Trim a list to the specified range',
  since: '1.0.0',
  group: 'list',
  complexity: 'O(N) where N is the number of elements to be removed by the operation.',
  arity: 4,
  flags: ['write'],
  categories: ['list'],
  keys: [keyAt(1, ['RW', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'start', type: 'integer' },
    { name: 'stop', type: 'integer' },
  ],
  execute(args, reply, call) {
    const { lists } = call.keyspace.values;
    const { bytes } = args;
    const start = args.requireInteger(2);
    const end = args.requireInteger(3);
    const entry = findValueForWrite(call, args, 1, ValueType.list);
    if (entry === 0) return reply.ok();
    const list = call.database.valueOf(entry);
    const length = lists.length(list);
    const first = start < 0 ? Math.max(0, length + start) : start;
    const last = Math.min(end < 0 ? length + end : end, length - 1);
    if (first > last) lists.dropMany(list, ListEnd.front, length);
    else lists.keepOnly(list, first, last);
    const removed = length - lists.length(list);
    elementsRemoved(call, entry, bytes, args.start(1), args.end(1), KeyEvents.list.ltrim, removed);
    reply.ok();
  },
});
