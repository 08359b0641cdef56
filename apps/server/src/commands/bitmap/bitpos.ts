import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import { findBit } from '../../values/bit-position';
import { fromEnd, isInBits } from './bit-range';

const NOT_A_BIT = new ReplyError('ERR The bit argument must be 1 or 0.');

export const bitpos = defineCommand({
  name: 'bitpos',
  summary: 'Find first bit set or clear in a string',
  since: '2.8.7',
  group: 'bitmap',
  complexity: 'O(N)',
  history: [['7.0.0', 'Added the `BYTE|BIT` option.']],
  arity: -3,
  flags: ['readonly'],
  categories: ['bitmap'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'bit', type: 'integer' },
    {
      name: 'index',
      type: 'block',
      optional: true,
      arguments: [
        { name: 'start', type: 'integer' },
        {
          name: 'end_index',
          type: 'block',
          optional: true,
          arguments: [
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
    },
  ],
  execute(args, reply, call) {
    const { view } = call.keyspace;
    const bit = args.requireInteger(2);
    if (bit !== 0 && bit !== 1) throw NOT_A_BIT;
    const entry = findString(call, args, 1);
    // A missing string is an infinite sequence of zeros.
    if (entry === 0) return reply.integer(bit === 1 ? -1 : 0);
    const { bytes, start, length } = view.locate(entry);
    if (args.count > 6) throw SYNTAX_ERROR;
    const firstIndex = args.count > 3 ? args.requireInteger(3) : 0;
    const inBits = isInBits(args, 5);
    const hasEnd = args.count > 4;
    const lastIndex = hasEnd ? args.requireInteger(4) : -1;
    const size = inBits ? length * 8 : length;
    const first = fromEnd(firstIndex, size);
    const last = Math.min(fromEnd(lastIndex, size), size - 1);
    if (first > last) return reply.integer(-1);
    const unit = inBits ? 1 : 8;
    const position = findBit(bytes, start, first * unit, (last + 1) * unit, bit);
    // The string is padded with zeros unless the client gives an end.
    reply.integer(position < 0 && bit === 0 && !hasEnd ? length * 8 : position);
  },
});
