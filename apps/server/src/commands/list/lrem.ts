import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValueForWrite } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import { ValueType } from '../../values/entry';
import { elementsRemoved } from './pop-elements';

export const lrem = defineCommand({
  name: 'lrem',
  summary: 'Remove elements from a list',
  since: '1.0.0',
  group: 'list',
  complexity: 'O(N+M) where N is the length of the list and M is the number of elements removed.',
  arity: 4,
  flags: ['write'],
  categories: ['list'],
  keys: [keyAt(1, ['RW', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'count', type: 'integer' },
    { name: 'element', type: 'string' },
  ],
  execute(args, reply, call) {
    const { lists } = call.keyspace.values;
    const { bytes } = args;
    const count = args.requireInteger(2);
    const entry = findValueForWrite(call, args, 1, ValueType.list);
    if (entry === 0) return reply.integer(0);
    const isBackward = count < 0;
    const max = count === 0 ? Number.POSITIVE_INFINITY : Math.abs(count);
    const list = call.database.valueOf(entry);
    let removed = 0;
    let isOnElement = lists.seek(list, isBackward ? -1 : 0);
    while (isOnElement && removed < max) {
      if (!lists.find(bytes, args.start(3), args.end(3), isBackward, Number.POSITIVE_INFINITY)) break;
      isOnElement = lists.remove(isBackward);
      removed++;
    }
    if (removed > 0) {
      elementsRemoved(call, entry, bytes, args.start(1), args.end(1), KeyEvents.list.lrem, removed);
    }
    reply.integer(removed);
  },
});
