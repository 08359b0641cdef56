import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';
import { requireBitOffset } from './bit-offset';

export const getbit = defineCommand({
  name: 'getbit',
  summary: 'Returns the bit value at offset in the string value stored at key',
  since: '2.2.0',
  group: 'bitmap',
  complexity: 'O(1)',
  arity: 3,
  flags: ['readonly', 'fast'],
  categories: ['bitmap'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'offset', type: 'integer' },
  ],
  execute(args, reply, call) {
    const { view } = call.keyspace;
    const offset = requireBitOffset(call, args, 2);
    const entry = findString(call, args, 1);
    const at = Math.floor(offset / 8);
    if (entry === 0 || at >= view.locate(entry).length) reply.integer(0);
    else reply.integer((view.bytes[view.start + at]! >>> (7 - (offset & 7))) & 1);
  },
});
