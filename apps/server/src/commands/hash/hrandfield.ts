import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { INT64_MAX } from '../../values/integer';
import { findHash } from './find-hash';
import { RandomFields } from './random-fields';

const COUNT_OUT_OF_RANGE = new ReplyError(
  `ERR value is out of range, value must between ${-INT64_MAX} and ${INT64_MAX}`,
);
const PAIR_COUNT_OUT_OF_RANGE = new ReplyError('ERR value is out of range');

export const hrandfield = defineCommand({
  name: 'hrandfield',
  summary: 'Get one or multiple random fields from a hash',
  since: '6.2.0',
  group: 'hash',
  complexity: 'O(N) where N is the number of fields returned',
  arity: -2,
  flags: ['readonly'],
  categories: ['hash'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'options',
      type: 'block',
      optional: true,
      arguments: [
        { name: 'count', type: 'integer' },
        { name: 'withvalues', type: 'pure-token', token: 'WITHVALUES', optional: true },
      ],
    },
  ],
  execute(args, reply, call) {
    const { hashes } = call.keyspace.values;
    if (args.count > 2) {
      const count = requireCount(args);
      const entry = findHash(call, args);
      if (entry === 0 || count === 0) {
        reply.emptyArray();
        return;
      }
      const fields = new RandomFields(reply, call, entry, args.count === 4);
      if (count < 0) fields.writeDrawn(-count);
      else fields.writeDistinct(count);
      return;
    }
    const entry = findHash(call, args);
    if (entry === 0) {
      reply.null();
      return;
    }
    hashes.readPlace(entry, hashes.randomPlace(entry));
    const { bytes, start, end } = hashes.field;
    reply.bulk(bytes, start, end);
  },
});

/** The number of fields; negative if they may repeat. WITHVALUES halves the limits, because it doubles the reply. */
function requireCount(args: Arguments): number {
  const count = args.requireBigInteger(2);
  const magnitude = count < 0n ? -count : count;
  if (magnitude > INT64_MAX) throw COUNT_OUT_OF_RANGE;
  if (args.count > 4 || (args.count === 4 && !args.equals(3, 'withvalues'))) throw SYNTAX_ERROR;
  if (args.count === 4 && magnitude > INT64_MAX / 2n) throw PAIR_COUNT_OUT_OF_RANGE;
  return Number(count);
}
