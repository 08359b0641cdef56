import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { CommonSubsequence } from '../../values/common-subsequence';
import { ValueType } from '../../values/entry';

const NOT_STRINGS = new ReplyError('ERR The specified keys must contain string values');
const LENGTH_AND_RANGES = new ReplyError('ERR If you want both the length and indexes, please just use IDX.');
const TOO_MUCH_MEMORY = new ReplyError('ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len');

export const lcs = defineCommand({
  name: 'lcs',
  summary: 'Find longest common substring',
  since: '7.0.0',
  group: 'string',
  complexity: 'O(N*M) where N and M are the lengths of s1 and s2, respectively',
  arity: -3,
  flags: ['readonly'],
  categories: ['string'],
  keys: [{ flags: ['RO', 'access'], begin: { index: 1 }, find: { lastKey: 1, step: 1, limit: 0 } }],
  arguments: [
    { name: 'key1', type: 'key', keySpec: 0 },
    { name: 'key2', type: 'key', keySpec: 0 },
    { name: 'len', type: 'pure-token', token: 'LEN', optional: true },
    { name: 'idx', type: 'pure-token', token: 'IDX', optional: true },
    { name: 'len', type: 'integer', token: 'MINMATCHLEN', optional: true },
    { name: 'withmatchlen', type: 'pure-token', token: 'WITHMATCHLEN', optional: true },
  ],
  execute(args, reply, call) {
    const [a, b] = findOperands(args, call);
    const { minMatchLength, wantsLength, wantsRanges, wantsMatchLengths } = readOptions(args);
    // Redis needs this much memory for its table. Ours is smaller, but clients may rely on the error.
    if ((a.length + 1) * (b.length + 1) * 4 > call.keyspace.values.maxStringBytes) throw TOO_MUCH_MEMORY;
    const common = new CommonSubsequence(a, b, !wantsLength);
    if (wantsRanges) replyWithRanges(reply, common, minMatchLength, wantsMatchLengths);
    else if (wantsLength) reply.integer(common.length);
    else reply.bulk(common.bytes(), 0, common.length);
  },
});

interface LcsOptions {
  readonly minMatchLength: number;
  readonly wantsLength: boolean;
  readonly wantsRanges: boolean;
  readonly wantsMatchLengths: boolean;
}

function readOptions(args: Arguments): LcsOptions {
  let minMatchLength = 0;
  let wantsLength = false;
  let wantsRanges = false;
  let wantsMatchLengths = false;
  for (let i = 3; i < args.count; i++) {
    if (args.equals(i, 'idx')) wantsRanges = true;
    else if (args.equals(i, 'len')) wantsLength = true;
    else if (args.equals(i, 'withmatchlen')) wantsMatchLengths = true;
    else if (args.equals(i, 'minmatchlen') && i + 1 < args.count) minMatchLength = args.requireInteger(++i);
    else throw SYNTAX_ERROR;
  }
  if (wantsRanges && wantsLength) throw LENGTH_AND_RANGES;
  return { minMatchLength, wantsLength, wantsRanges, wantsMatchLengths };
}

/** The bytes of the two strings; they are valid until the next write. */
function findOperands(args: Arguments, call: Invocation): [Uint8Array, Uint8Array] {
  const { database } = call;
  const { view } = call.keyspace;
  const entries = [1, 2].map((i) => database.findForRead(args.bytes, args.start(i), args.end(i)));
  const [a, b] = entries.map((entry) => {
    if (entry === 0) return new Uint8Array(0);
    if (database.typeOf(entry) !== ValueType.string) throw NOT_STRINGS;
    return view.locate(entry).bytes.subarray(view.start, view.end);
  });
  return [a!, b!];
}

function replyWithRanges(reply: Reply, common: CommonSubsequence, minLength: number, withLengths: boolean): void {
  const ranges = common.ranges(minLength);
  reply.map(2);
  reply.bulkString('matches');
  reply.array(ranges.length);
  for (const { aFirst, aLast, bFirst, bLast } of ranges) {
    reply.array(withLengths ? 3 : 2);
    reply.array(2);
    reply.integer(aFirst);
    reply.integer(aLast);
    reply.array(2);
    reply.integer(bFirst);
    reply.integer(bLast);
    if (withLengths) reply.integer(aLast - aFirst + 1);
  }
  reply.bulkString('len');
  reply.integer(common.length);
}
