import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { NOT_A_FLOAT, ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { readScore } from '../../values/sorted-set/score-text';
import { UpdateFlag } from '../../values/sorted-set/update';
import { addMembers, scoresFor } from './add-members';

const NEW_AND_EXISTING = new ReplyError('ERR XX and NX options at the same time are not compatible');
const CONTRARY_COMPARISONS = new ReplyError('ERR GT, LT, and/or NX options at the same time are not compatible');
const SEVERAL_INCREMENTS = new ReplyError('ERR INCR option supports a single increment-element pair');

export const zadd = defineCommand({
  name: 'zadd',
  summary: 'Add one or more members to a sorted set, or update its score if it already exists',
  since: '1.2.0',
  group: 'sorted-set',
  complexity: 'O(log(N)) for each item added, where N is the number of elements in the sorted set.',
  history: [
    ['2.4.0', 'Accepts multiple elements.'],
    ['3.0.2', 'Added the `XX`, `NX`, `CH` and `INCR` options.'],
    ['6.2.0', 'Added the `GT` and `LT` options.'],
  ],
  arity: -4,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RW', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'condition',
      type: 'oneof',
      since: '3.0.2',
      optional: true,
      arguments: [
        { name: 'nx', type: 'pure-token', token: 'NX' },
        { name: 'xx', type: 'pure-token', token: 'XX' },
      ],
    },
    {
      name: 'comparison',
      type: 'oneof',
      since: '6.2.0',
      optional: true,
      arguments: [
        { name: 'gt', type: 'pure-token', token: 'GT' },
        { name: 'lt', type: 'pure-token', token: 'LT' },
      ],
    },
    { name: 'change', type: 'pure-token', token: 'CH', since: '3.0.2', optional: true },
    { name: 'increment', type: 'pure-token', token: 'INCR', since: '3.0.2', optional: true },
    {
      name: 'score_member',
      type: 'block',
      multiple: true,
      arguments: [
        { name: 'score', type: 'double' },
        { name: 'member', type: 'string' },
      ],
    },
  ],
  execute(args, reply, call) {
    let flags = UpdateFlag.none;
    let countsChanges = false;
    let first = 2;
    for (; first < args.count; first++) {
      const flag = flagAt(args, first);
      if (flag !== UpdateFlag.none) flags |= flag;
      else if (args.equals(first, 'ch')) countsChanges = true;
      else break;
    }
    const pairs = (args.count - first) >> 1;
    if (pairs === 0 || first + 2 * pairs !== args.count) throw SYNTAX_ERROR;
    if (flags !== UpdateFlag.none) checkFlags(flags, pairs);
    const scores = scoresFor(pairs);
    for (let i = 0, score = first; i < pairs; i++, score += 2) {
      if (!readScore(args.bytes, args.start(score), args.end(score), scores, i)) throw NOT_A_FLOAT;
    }
    addMembers(args, reply, call, flags, countsChanges, pairs, first + 1, 2);
  },
});

/** The condition that an argument names, or none. */
function flagAt(args: Arguments, index: number): UpdateFlag {
  if (args.equals(index, 'nx')) return UpdateFlag.onlyNew;
  if (args.equals(index, 'xx')) return UpdateFlag.onlyExisting;
  if (args.equals(index, 'incr')) return UpdateFlag.increment;
  if (args.equals(index, 'gt')) return UpdateFlag.onlyGreater;
  if (args.equals(index, 'lt')) return UpdateFlag.onlyLess;
  return UpdateFlag.none;
}

function checkFlags(flags: UpdateFlag, pairs: number): void {
  const comparison = flags & (UpdateFlag.onlyGreater | UpdateFlag.onlyLess | UpdateFlag.onlyNew);
  if ((flags & UpdateFlag.onlyNew) !== 0 && (flags & UpdateFlag.onlyExisting) !== 0) throw NEW_AND_EXISTING;
  // More than one of NX, GT and LT.
  if ((comparison & (comparison - 1)) !== 0) throw CONTRARY_COMPARISONS;
  if ((flags & UpdateFlag.increment) !== 0 && pairs > 1) throw SEVERAL_INCREMENTS;
}
