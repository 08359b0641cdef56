import type { Arguments } from '../../command/arguments';
import { findValueForWrite } from '../../command/lookup';
import type { Reply } from '../../command/reply';
import { SYNTAX_ERROR } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import type { Session } from '../../session/session';
import { Encoding, ValueType } from '../../values/entry';
import { FINEST_STEP, gridIndex, leastScore, MOST_LATITUDE, MOST_LONGITUDE } from '../../values/geo/geo-grid';
import { UpdateFlag, UpdateResult } from '../../values/sorted-set/update';
import { requirePosition } from './geo-arguments';

const position = { longitude: 0, latitude: 0 };

/** Adds the positions that the arguments of GEOADD name to a sorted set, by the rules of ZADD. O(log n) a member. */
export function addPositions(args: Arguments, reply: Reply, session: Session): void {
  let flags = UpdateFlag.none;
  let countsChanges = false;
  let first = 2;
  for (; first < args.count; first++) {
    if (args.equals(first, 'nx')) flags |= UpdateFlag.onlyNew;
    else if (args.equals(first, 'xx')) flags |= UpdateFlag.onlyExisting;
    else if (args.equals(first, 'ch')) countsChanges = true;
    else break;
  }
  const isContradiction = (flags & UpdateFlag.onlyNew) !== 0 && (flags & UpdateFlag.onlyExisting) !== 0;
  const rest = args.count - first;
  if (rest % 3 !== 0 || isContradiction) throw SYNTAX_ERROR;
  for (let i = first; i < args.count; i += 3) requirePosition(args, i, position);
  if (rest === 0) throw SYNTAX_ERROR;
  addMembers(args, reply, session, first, flags, countsChanges);
}

function addMembers(
  args: Arguments,
  reply: Reply,
  session: Session,
  first: number,
  flags: UpdateFlag,
  countsChanges: boolean,
): void {
  const { database } = session;
  const { keyspace } = session.instance;
  const { sortedSets } = keyspace.values;
  const start = args.start(1);
  const end = args.end(1);
  let entry = findValueForWrite(session, args, 1, ValueType.sortedSet);
  if (entry === 0) {
    if ((flags & UpdateFlag.onlyExisting) !== 0) {
      reply.integer(0);
      return;
    }
    const value = sortedSets.create(args.length(first + 2));
    entry = database.create(args.bytes, start, end, ValueType.sortedSet, Encoding.listpack, value);
  }
  let added = 0;
  let updated = 0;
  for (let i = first; i < args.count; i += 3) {
    const result = sortedSets.update(entry, args.bytes, args.start(i + 2), args.end(i + 2), scoreAt(args, i), flags);
    if (result === UpdateResult.added) added++;
    else if (result === UpdateResult.updated) updated++;
  }
  if (added + updated > 0) {
    keyspace.dirty += added + updated - 1;
    database.changed(KeyEvents.sortedSet.zadd, args.bytes, start, end);
  }
  reply.integer(countsChanges ? added + updated : added);
}

function scoreAt(args: Arguments, index: number): number {
  requirePosition(args, index, position);
  const column = gridIndex(position.longitude, MOST_LONGITUDE, FINEST_STEP);
  const row = gridIndex(position.latitude, MOST_LATITUDE, FINEST_STEP);
  return leastScore(column, row, FINEST_STEP);
}
