import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';
import { SYNTAX_ERROR } from '../../errors';
import { countBits } from '../../values/bit-count';
import { fromEnd, isInBits } from './bit-range';

/** The bits of the first and the last byte that are outside a range of bits. Scratch of one call: valid until the command ends or calls another command. */
const edges = new Uint8Array(2);

export const bitcount = defineCommand({
  name: 'bitcount',
  summary: 'Count set bits in a string',
  since: '2.6.0',
  group: 'bitmap',
  complexity: 'O(N)',
  history: [['7.0.0', 'Added the `BYTE|BIT` option.']],
  arity: -2,
  flags: ['readonly'],
  categories: ['bitmap'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'index',
      type: 'block',
      optional: true,
      arguments: [
        { name: 'start', type: 'integer' },
        { name: 'end', type: 'integer' },
        {
          name: 'index_unit',
          type: 'oneof',
          since: '7.0.0',
          optional: true,
          arguments: [
            { name: 'byte', type: 'pure-token', token: 'BYTE' },
            { name: 'bit', type: 'pure-token', token: 'BIT' },
          ],
        },
      ],
    },
  ],
  execute(args, reply, call) {
    const { view } = call.keyspace;
    const entry = findString(call, args, 1);
    if (entry === 0) return reply.integer(0);
    const { bytes, start, end, length } = view.locate(entry);
    if (args.count === 2) return reply.integer(countBits(bytes, start, end));
    if (args.count > 5 || args.count === 3) throw SYNTAX_ERROR;
    const firstIndex = args.requireInteger(2);
    const lastIndex = args.requireInteger(3);
    if (firstIndex < 0 && lastIndex < 0 && firstIndex > lastIndex) return reply.integer(0);
    const inBits = isInBits(args, 4);
    const size = inBits ? length * 8 : length;
    const first = fromEnd(firstIndex, size);
    const last = Math.min(fromEnd(lastIndex, size), size - 1);
    if (first > last) return reply.integer(0);
    if (!inBits) return reply.integer(countBits(bytes, start + first, start + last + 1));
    const firstByte = start + Math.floor(first / 8);
    const lastByte = start + Math.floor(last / 8);
    const before = bytes[firstByte]! & ~(0xff >>> (first & 7));
    const behind = bytes[lastByte]! & (0x7f >>> (last & 7));
    edges[0] = before;
    edges[1] = behind;
    reply.integer(countBits(bytes, firstByte, lastByte + 1) - countBits(edges, 0, 2));
  },
});
