import { writeInteger } from '@nanoredis/resp-codec';
import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { OVERFLOW, ReplyError } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { INT64_MAX, INT64_MIN, parseBigInteger, parseInteger } from '../../values/integer';
import { findHashForWrite } from './find-hash';
import { setField } from './set-fields';

const NOT_A_HASH_INTEGER = new ReplyError('ERR hash value is not an integer');

/** The digits of a sum before they are stored; 20 bytes hold every 64-bit number. Scratch of one call: valid until the command ends or calls another command. */
const digits = Buffer.alloc(20);

export const hincrby = defineCommand({
  name: 'hincrby',
  summary: 'Increment the integer value of a hash field by the given number',
  since: '2.0.0',
  group: 'hash',
  complexity: 'O(1)',
  arity: 4,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['hash'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'field', type: 'string' },
    { name: 'increment', type: 'integer' },
  ],
  execute(args, reply, call) {
    const step = args.requireInteger(3);
    const { hashes } = call.keyspace.values;
    const entry = findHashForWrite(call, args);
    const exists = entry !== 0 && hashes.find(entry, args.bytes, args.start(2), args.end(2));
    const { bytes, start, end } = hashes.value;
    const value = exists ? parseInteger(bytes, start, end) : 0;
    if (Number.isNaN(value)) throw NOT_A_HASH_INTEGER;
    let sum: number | bigint = value + step;
    // Doubles are exact below 2^53 and allocate nothing; larger numbers need bigints.
    if (!Number.isSafeInteger(value) || !Number.isSafeInteger(step) || !Number.isSafeInteger(sum)) {
      sum = (exists ? parseBigInteger(bytes, start, end)! : 0n) + args.requireBigInteger(3);
      if (sum < INT64_MIN || sum > INT64_MAX) throw OVERFLOW;
    }
    setField(args, call, entry, digits, 0, writeInteger(digits, 0, sum));
    call.database.changed(KeyEvents.hash.hincrby, args.bytes, args.start(1), args.end(1));
    reply.integer(sum);
  },
});
