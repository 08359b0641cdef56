import { copyBytes } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findStringForWrite } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import { requireStringLength } from './string-length';

export const append = defineCommand({
  name: 'append',
  summary: 'Append a value to a key',
  since: '2.0.0',
  group: 'string',
  complexity:
    'O(1). The amortized time complexity is O(1) assuming the appended value is small and the already present value is of any size, since the dynamic string library used by Redis will double the free space available on every reallocation.',
  arity: 3,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'insert'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'value', type: 'string' },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { view } = call.keyspace;
    const start = args.start(1);
    const end = args.end(1);
    const entry = findStringForWrite(call, args, 1);
    let length = args.length(2);
    if (entry === 0) {
      database.strings.set(args.bytes, start, end, args.bytes, args.start(2), args.end(2));
    } else {
      const oldLength = view.locate(entry).length;
      length = requireStringLength(call, oldLength, length);
      view.locate(database.strings.grow(entry, length));
      copyBytes(args.bytes, args.start(2), args.end(2), view.bytes, view.start + oldLength);
    }
    database.changed(KeyEvents.string.append, args.bytes, start, end);
    reply.integer(length);
  },
});
