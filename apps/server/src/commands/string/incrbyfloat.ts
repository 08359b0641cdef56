import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findStringForWrite } from '../../command/lookup';
import { NAN_OR_INFINITY, NOT_A_FLOAT } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { addLongDoubles, formatLongDouble, LONG_DOUBLE_ZERO, parseLongDouble } from '../../values/long-double';
import { encodingOfText } from '../../values/string-encoding';

export const incrbyfloat = defineCommand({
  name: 'incrbyfloat',
  summary: 'Increment the float value of a key by the given amount',
  since: '2.6.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 3,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'increment', type: 'double' },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { view } = call.keyspace;
    const start = args.start(1);
    const end = args.end(1);
    const entry = findStringForWrite(call, args, 1);
    const value = entry === 0 ? LONG_DOUBLE_ZERO : parseLongDouble(view.locate(entry).bytes, view.start, view.end);
    const step = parseLongDouble(args.bytes, args.start(2), args.end(2));
    if (value === null || step === null) throw NOT_A_FLOAT;
    const sum = addLongDoubles(value, step);
    if (sum === null) throw NAN_OR_INFINITY;
    const text = Buffer.from(formatLongDouble(sum), 'latin1');
    database.strings.set(args.bytes, start, end, text, 0, text.length, true, encodingOfText(text.length));
    database.changed(KeyEvents.string.incrbyfloat, args.bytes, start, end);
    if (call.isPropagated) {
      // The sum, and not how it is computed: other machines may round in another way.
      const command = call.propagateAs(4);
      command.bulkString('SET');
      command.bulk(args.bytes, start, end);
      command.bulk(text, 0, text.length);
      command.bulkString('KEEPTTL');
    }
    reply.bulk(text, 0, text.length);
  },
});
