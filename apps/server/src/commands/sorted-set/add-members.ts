import type { Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import { ReplyError } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import { UpdateFlag, UpdateResult } from '../../values/sorted-set/update';
import { prepareSortedSet } from './prepare-sorted-set';

/** Maximum length of a member in bytes: the records of a sorted set have 29 bits for it. */
const MAX_MEMBER_BYTES = 2 ** 29 - 1;

const MEMBER_TOO_LONG = new ReplyError('ERR a member of a sorted set exceeds the maximum of 512 MiB - 1');
const NOT_A_NUMBER = new ReplyError('ERR resulting score is not a number (NaN)');

/**
 * The scores that a command passes to `addMembers`. Scratch of one call: valid until the command ends or calls another command.
 */
let scores = new Float64Array(64);

/** The array for the `count` scores that `addMembers` reads. O(1), or O(count) if it has to grow. */
export function scoresFor(count: number): Float64Array {
  if (scores.length < count) scores = new Float64Array(Math.max(count, 2 * scores.length));
  return scores;
}

/**
 * Common part of ZADD, ZINCRBY and GEOADD: sets the scores of `count` members of the sorted set at the key in argument 1, which
 * is created if it is missing. The members are every `step`th argument from `first` on, the scores are in `scoresFor(count)`,
 * and `flags` (bits of UpdateFlag) are the conditions. Replies with the new score of an increment, else with the number of
 * members that are new or, if `countsChanges`, new or changed. Returns the number of members that are new or changed.
 * O(log n) per member.
 * @throws ReplyError when the key holds another type, a member is too long, or an increment gives NaN; nothing has changed then.
 */
export function addMembers(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  flags: UpdateFlag,
  countsChanges: boolean,
  count: number,
  first: number,
  step: number,
): number {
  const { database } = call;
  const { keyspace } = call;
  const { sortedSets } = keyspace.values;
  const { bytes } = args;
  const isIncrement = (flags & UpdateFlag.increment) !== 0;
  const found = findValueForWrite(call, args, 1, ValueType.sortedSet);
  if (args.end(args.count - 1) - args.start(0) > MAX_MEMBER_BYTES) checkLengths(args, count, first, step);
  if (found === 0 && (flags & UpdateFlag.onlyExisting) !== 0) {
    if (isIncrement) reply.null();
    else reply.integer(0);
    return 0;
  }
  const entry = found === 0 ? prepareSortedSet(call, bytes, args.start(1), args.end(1), args.length(first)) : found;
  let added = 0;
  let updated = 0;
  let result = UpdateResult.refused;
  try {
    for (let i = 0, member = first; i < count; i++, member += step) {
      result = sortedSets.update(entry, bytes, args.start(member), args.end(member), scores[i]!, flags);
      if (result === UpdateResult.added) added++;
      else if (result === UpdateResult.updated) updated++;
    }
    if (found === 0) database.attach(entry);
  } catch (error) {
    if (found === 0) database.discard(entry);
    else reportAdded(args, call, isIncrement, added + updated);
    throw error;
  }
  if (result === UpdateResult.notANumber) throw NOT_A_NUMBER;
  reportAdded(args, call, isIncrement, added + updated);
  if (!isIncrement) reply.integer(countsChanges ? added + updated : added);
  else if (result === UpdateResult.refused) reply.null();
  else reply.double(sortedSets.updatedScore);
  return added + updated;
}

function reportAdded(args: Arguments, call: Invocation, isIncrement: boolean, changes: number): void {
  if (changes === 0) return;
  const event = isIncrement ? KeyEvents.sortedSet.zincr : KeyEvents.sortedSet.zadd;
  call.database.changed(event, args.bytes, args.start(1), args.end(1), changes);
}

/** Refuses members that no sorted set can hold. O(count), and only called for a request that may have one. */
function checkLengths(args: Arguments, count: number, first: number, step: number): void {
  for (let i = 0, member = first; i < count; i++, member += step) {
    if (args.length(member) > MAX_MEMBER_BYTES) throw MEMBER_TOO_LONG;
  }
}
