import { copyBytes } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findStringForWrite } from '../../command/lookup';
import { ReplyError } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { requireStringLength } from './string-length';

const OFFSET_OUT_OF_RANGE = new ReplyError('ERR offset is out of range');

export const setrange = defineCommand({
  name: 'setrange',
  summary: 'Overwrite part of a string at key starting at the specified offset',
  since: '2.2.0',
  group: 'string',
  complexity:
    'O(1), not counting the time taken to copy the new string in place. Usually, this string is very small so the amortized complexity is O(1). Otherwise, complexity is O(M) with M being the length of the value argument.',
  arity: 4,
  flags: ['write', 'denyoom'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'offset', type: 'integer' },
    { name: 'value', type: 'string' },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { view } = call.keyspace;
    const offset = args.requireInteger(2);
    if (offset < 0) throw OFFSET_OUT_OF_RANGE;
    const start = args.start(1);
    const end = args.end(1);
    const entry = findStringForWrite(call, args, 1);
    const oldLength = entry === 0 ? 0 : view.locate(entry).length;
    if (args.length(3) === 0) return reply.integer(oldLength);
    const needed = requireStringLength(call, offset, args.length(3));
    view.locate(
      entry === 0
        ? database.strings.createZeros(args.bytes, start, end, needed)
        : database.strings.grow(entry, Math.max(needed, oldLength)),
    );
    copyBytes(args.bytes, args.start(3), args.end(3), view.bytes, view.start + offset);
    const { length } = view;
    database.changed(KeyEvents.string.setrange, args.bytes, start, end);
    reply.integer(length);
  },
});
