import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { NAN_OR_INFINITY, NOT_A_FLOAT, ReplyError } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { addLongDoubles, formatLongDouble, LONG_DOUBLE_ZERO, parseLongDouble } from '../../values/long-double';
import { findHashForWrite } from './find-hash';
import { setField } from './set-fields';

const NAN_OR_INFINITE = new ReplyError('ERR value is NaN or Infinity');
const NOT_A_HASH_FLOAT = new ReplyError('ERR hash value is not a float');

export const hincrbyfloat = defineCommand({
  name: 'hincrbyfloat',
  summary: 'Increment the float value of a hash field by the given amount',
  since: '2.6.0',
  group: 'hash',
  complexity: 'O(1)',
  arity: 4,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['hash'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'field', type: 'string' },
    { name: 'increment', type: 'double' },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { hashes } = call.keyspace.values;
    const step = parseLongDouble(args.bytes, args.start(3), args.end(3));
    if (step === null) throw NOT_A_FLOAT;
    if (!Number.isFinite(step.exponent)) throw NAN_OR_INFINITE;
    const entry = findHashForWrite(call, args);
    const exists = entry !== 0 && hashes.find(entry, args.bytes, args.start(2), args.end(2));
    const { bytes, start, end } = hashes.value;
    const value = exists ? parseLongDouble(bytes, start, end) : LONG_DOUBLE_ZERO;
    if (value === null) throw NOT_A_HASH_FLOAT;
    const sum = addLongDoubles(value, step);
    if (sum === null) throw NAN_OR_INFINITY;
    const text = Buffer.from(formatLongDouble(sum), 'latin1');
    setField(args, call, entry, text, 0, text.length);
    database.changed(KeyEvents.hash.hincrbyfloat, args.bytes, args.start(1), args.end(1));
    if (call.isPropagated) {
      const command = call.propagateAs(4);
      command.bulkString('HSET');
      for (let i = 1; i < 3; i++) command.bulk(args.bytes, args.start(i), args.end(i));
      command.bulk(text, 0, text.length);
    }
    reply.bulk(text, 0, text.length);
  },
});
