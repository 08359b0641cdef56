import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { ReplyError } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { requireBitOffset } from './bit-offset';
import { prepareBits } from './bit-string';

const NOT_A_BIT = new ReplyError('ERR bit is not an integer or out of range');

export const setbit = defineCommand({
  name: 'setbit',
  summary: 'Sets or clears the bit at offset in the string value stored at key',
  since: '2.2.0',
  group: 'bitmap',
  complexity: 'O(1)',
  arity: 4,
  flags: ['write', 'denyoom'],
  categories: ['bitmap'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'offset', type: 'integer' },
    { name: 'value', type: 'integer' },
  ],
  execute(args, reply, call) {
    const { view } = call.keyspace;
    const offset = requireBitOffset(call, args, 2);
    const bit = args.requireIntegerBetween(3, 0, 1, NOT_A_BIT);
    const hasGrown = prepareBits(call, args, offset);
    const at = view.start + Math.floor(offset / 8);
    const shift = 7 - (offset & 7);
    const byte = view.bytes[at]!;
    const old = (byte >>> shift) & 1;
    if (hasGrown || old !== bit) {
      view.bytes[at] = (byte & ~(1 << shift)) | (bit << shift);
      call.database.changed(KeyEvents.string.setbit, args.bytes, args.start(1), args.end(1));
    }
    reply.integer(old);
  },
});
