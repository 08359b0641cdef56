import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';
import { findHashForWrite } from './find-hash';

export const hdel = defineCommand({
  name: 'hdel',
  summary: 'Delete one or more hash fields',
  since: '2.0.0',
  group: 'hash',
  complexity: 'O(N) where N is the number of fields to be removed.',
  history: [['2.4.0', 'Accepts multiple `field` arguments.']],
  arity: -3,
  flags: ['write', 'fast'],
  categories: ['hash'],
  keys: [keyAt(1, ['RW', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'field', type: 'string', multiple: true },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { keyspace } = call;
    const { hashes } = keyspace.values;
    const entry = findHashForWrite(call, args);
    let deleted = 0;
    let isEmpty = false;
    if (entry !== 0) {
      for (let i = 2; i < args.count && !isEmpty; i++) {
        if (!hashes.remove(entry, args.bytes, args.start(i), args.end(i))) continue;
        deleted++;
        isEmpty = hashes.length(entry) === 0;
      }
    }
    if (deleted > 0) {
      const start = args.start(1);
      const end = args.end(1);
      if (isEmpty) database.remove(entry);
      database.changed(KeyEvents.hash.hdel, args.bytes, start, end, deleted);
      if (isEmpty) database.changed(KeyEvents.generic.del, args.bytes, start, end, 0);
    }
    reply.integer(deleted);
  },
});
