import type { Address } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { uniformBelow } from '../../runtime/random';
import { ValueType } from '../../values/entry';
import { INT64_MIN } from '../../values/integer';
import type { Sets } from '../../values/set/sets';

export const srandmember = defineCommand({
  name: 'srandmember',
  summary: 'Get one or multiple random members from a set',
  since: '1.0.0',
  group: 'set',
  complexity: 'Without the count argument O(1), otherwise O(N) where N is the absolute value of the passed count.',
  history: [['2.6.0', 'Added the optional `count` argument.']],
  arity: -2,
  flags: ['readonly'],
  categories: ['set'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'count', type: 'integer', since: '2.6.0', optional: true },
  ],
  execute(args, reply, call) {
    if (args.count > 3) throw SYNTAX_ERROR;
    if (args.count === 3) return chooseMany(args, reply, call);
    const entry = findValue(call, args, 1, ValueType.set);
    if (entry === 0) return reply.null();
    const member = call.keyspace.values.sets.random(entry);
    reply.bulk(member.bytes, member.start, member.end);
  },
});

const COUNT_OUT_OF_RANGE = new ReplyError(
  'ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807',
);

/** Up to this share of a set, members are drawn until there are enough different ones. For a larger share the set is walked. */
const MAX_DRAWN_SHARE = 1 / 3;

function chooseMany(args: Arguments, reply: Reply, call: Invocation): void {
  const wanted = args.requireInteger(2);
  if (wanted < Number.MIN_SAFE_INTEGER && args.requireBigInteger(2) === INT64_MIN) throw COUNT_OUT_OF_RANGE;
  const { sets } = call.keyspace.values;
  const entry = findValue(call, args, 1, ValueType.set);
  const size = entry === 0 ? 0 : sets.size(entry);
  // A reply of 2^53 members would never end.
  const count = wanted < 0 ? Math.min(-wanted, Number.MAX_SAFE_INTEGER) : Math.min(wanted, size);
  reply.array(entry === 0 ? 0 : count);
  if (entry === 0 || count === 0) return;
  if (wanted < 0) drawWithRepetition(reply, call, entry, count);
  else if (count <= size * MAX_DRAWN_SHARE) draw(reply, sets, entry, count);
  else walk(reply, call, entry, count);
}

/** Writes `count` random members, with repetition. O(count). */
function drawWithRepetition(reply: Reply, call: Invocation, entry: Address, count: number): void {
  const { sets } = call.keyspace.values;
  for (let i = 0; i < count && !call.session.isClosing; i++) {
    const member = sets.random(entry);
    reply.bulk(member.bytes, member.start, member.end);
  }
}

/** Writes `count` different random members of a much larger set. O(count) expected. */
function draw(reply: Reply, sets: Sets, entry: Address, count: number): void {
  const drawn = new Set<number>();
  while (drawn.size < count) {
    const member = sets.random(entry);
    const handle = member.handle();
    if (drawn.has(handle)) continue;
    drawn.add(handle);
    reply.bulk(member.bytes, member.start, member.end);
  }
}

/** Writes `count` different random members in the order of the set: selection sampling (Knuth, vol. 2, 3.4.2, S). O(size). */
function walk(reply: Reply, call: Invocation, entry: Address, count: number): void {
  const { sets } = call.keyspace.values;
  const { cursor } = sets;
  let left = sets.size(entry);
  let wanted = count;
  for (cursor.begin(entry); wanted > 0 && cursor.advance(); left--) {
    if (wanted < left && uniformBelow(call.server.random, left) >= wanted) continue;
    wanted--;
    cursor.spell();
    reply.bulk(cursor.bytes, cursor.start, cursor.end);
  }
}
