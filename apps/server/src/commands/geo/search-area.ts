import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { findValue } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import { formatFixed } from '../../values/fixed-text';
import { GeoSearch } from '../../values/geo/geo-search';
import { storeResult } from '../sorted-set/store-result';
import { type GeoForm, GeoQuery } from './geo-query';

/** Decimal places of a distance. */
const DISTANCE_DIGITS = 4;

/** Scratch of one call: valid until the command ends or calls another command. */
const query = new GeoQuery();
/** Scratch of one call: valid until the command ends or calls another command. */
const search = new GeoSearch();

/**
 * Searches a sorted set for members within an area, and replies with them or stores them: GEOSEARCH, GEORADIUS and their
 * variants, which differ in their syntax. O(members in the cells around the area), see GeoSearch.
 */
export function searchArea(args: Arguments, reply: Reply, call: Invocation, form: GeoForm): void {
  const { sortedSets } = call.keyspace.values;
  const entry = findValue(call, args, form.source, ValueType.sortedSet);
  query.read(args, form, sortedSets, entry);
  if (entry === 0) search.clear();
  else search.run(sortedSets, entry, query.shape, query.isAny ? query.count : Number.POSITIVE_INFINITY);
  const { count } = search;
  const wanted = query.count === 0 ? count : Math.min(count, query.count);
  if (query.order !== 'none') search.sort(query.order === 'descending', wanted);
  if (query.target === 0) replyFound(reply, call, entry, wanted);
  else storeFound(args, reply, call, entry, wanted);
  search.clear();
}

function replyFound(reply: Reply, call: Invocation, entry: Address, wanted: number): void {
  const { cursor } = call.keyspace.values.sortedSets;
  const { withDistance, withHash, withCoordinates, shape } = query;
  const extras = (withDistance ? 1 : 0) + (withHash ? 1 : 0) + (withCoordinates ? 1 : 0);
  reply.array(wanted);
  for (let i = 0; i < wanted; i++) {
    const found = search.order[i]!;
    cursor.toPosition(entry, search.positions[found]!);
    const { member } = cursor;
    if (extras > 0) reply.array(1 + extras);
    reply.bulk(member.bytes, member.start, member.end);
    if (withDistance) reply.bulkString(formatFixed(search.metres[found]! / shape.metresPerUnit, DISTANCE_DIGITS));
    if (withHash) reply.integer(wholeScore(search.scores[found]!));
    if (!withCoordinates) continue;
    reply.array(2);
    reply.humanDouble(search.longitudes[found]!);
    reply.humanDouble(search.latitudes[found]!);
  }
}

/** The result of C's cast of a score to a signed 64-bit integer. */
function wholeScore(score: number): number | bigint {
  const whole = Math.trunc(score) + 0;
  if (Number.isSafeInteger(whole)) return whole;
  return Math.abs(whole) < 2 ** 63 ? BigInt(whole) : -(2n ** 63n);
}

function storeFound(args: Arguments, reply: Reply, call: Invocation, source: Address, wanted: number): void {
  const { sortedSets } = call.keyspace.values;
  const { cursor } = sortedSets;
  const { metresPerUnit } = query.shape;
  const { geosearchstore, georadiusstore } = KeyEvents.sortedSet;
  const stored = storeResult(
    args,
    call,
    query.target,
    query.target === 1 ? geosearchstore : georadiusstore,
    (entry) => {
      for (let i = 0; i < wanted; i++) {
        const found = search.order[i]!;
        cursor.toPosition(source, search.positions[found]!);
        const { member } = cursor;
        const score = query.storesDistances ? search.metres[found]! / metresPerUnit : search.scores[found]!;
        sortedSets.append(entry, member.bytes, member.start, member.end, score);
      }
    },
    true,
  );
  reply.integer(stored);
}
