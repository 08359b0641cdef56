import type { Invocation } from '../../command/invocation';
import { SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { gridIndex, MAX_LATITUDE, MAX_LONGITUDE, MAX_STEP, minScore } from '../../values/geo/geo-grid';
import { UpdateFlag } from '../../values/sorted-set/update';
import { addMembers, scoresFor } from '../sorted-set/add-members';
import { requirePosition } from './geo-arguments';

/** Scratch of one call: valid until the command ends or calls another command. */
const position = { longitude: 0, latitude: 0 };

/** Adds the positions in the arguments of GEOADD to a sorted set, with the options of ZADD. O(log n) per member. */
export function addPositions(args: Arguments, reply: Reply, call: Invocation): void {
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
  if (rest === 0 || rest % 3 !== 0 || isContradiction) throw SYNTAX_ERROR;
  const count = rest / 3;
  const scores = scoresFor(count);
  for (let i = 0; i < count; i++) {
    requirePosition(args, first + 3 * i, position);
    const column = gridIndex(position.longitude, MAX_LONGITUDE, MAX_STEP);
    const row = gridIndex(position.latitude, MAX_LATITUDE, MAX_STEP);
    scores[i] = minScore(column, row, MAX_STEP);
  }
  const changes = addMembers(args, reply, call, flags, countsChanges, count, first + 2, 3);
  if (changes > 0 && call.isPropagated) propagateAsZadd(args, call, first, scores);
}

/** As redis-server: the positions are propagated as the scores that they are stored as. */
function propagateAsZadd(args: Arguments, call: Invocation, first: number, scores: Float64Array): void {
  const count = (args.count - first) / 3;
  const command = call.propagateAs(first + 2 * count);
  command.bulkString('zadd');
  for (let i = 1; i < first; i++) command.bulk(args.bytes, args.start(i), args.end(i));
  for (let i = 0; i < count; i++) {
    const member = first + 3 * i + 2;
    command.bulkNumber(scores[i]!);
    command.bulk(args.bytes, args.start(member), args.end(member));
  }
}
