import type { Address } from '@nanoredis/intrusive-ds';
import { formatDouble17g } from '@nanoredis/resp-codec';
import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { requireCursor, ScanOptions } from '../../request/scan-arguments';
import { ValueType } from '../../values/entry';
import type { SortedSets } from '../../values/sorted-set/sorted-sets';
import { AddressList } from '../generic/address-list';

export const zscan = defineCommand({
  name: 'zscan',
  summary: 'Incrementally iterate sorted sets elements and associated scores',
  since: '2.8.0',
  group: 'sorted-set',
  complexity:
    'O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection..',
  arity: -3,
  flags: ['readonly'],
  categories: ['sortedset'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'cursor', type: 'integer' },
    { name: 'pattern', type: 'pattern', token: 'MATCH', optional: true },
    { name: 'count', type: 'integer', token: 'COUNT', optional: true },
  ],
  execute(args, reply, call) {
    const { sortedSets } = call.keyspace.values;
    const from = requireCursor(args, 2);
    const entry = findValue(call, args, 1, ValueType.sortedSet);
    if (entry === 0) {
      reply.array(2);
      reply.bulkNumber(0);
      reply.emptyArray();
      return;
    }
    const options = new ScanOptions(args, 3, false);
    const { cursor } = sortedSets;
    const { member } = cursor;
    const found = new AddressList();
    const next = collect(sortedSets, entry, from, options.count, found);
    let kept = 0;
    for (let i = 0; i < found.length; i++) {
      cursor.toPosition(entry, found.at(i));
      if (options.matches(member.bytes, member.start, member.end)) found.set(kept++, found.at(i));
    }
    reply.array(2);
    reply.bulkNumber(next);
    reply.array(2 * kept);
    for (let i = 0; i < kept; i++) {
      cursor.toPosition(entry, found.at(i));
      reply.bulk(member.bytes, member.start, member.end);
      reply.bulkString(scoreText(cursor.score, sortedSets.isTable(entry)));
    }
  },
});

/**
 * Walks a set until `count` members are found or twenty times as many buckets are visited, as Redis does. Walks a packed set
 * completely. Returns the next cursor.
 */
function collect(sets: SortedSets, entry: Address, from: number, count: number, found: AddressList): number {
  if (!sets.isTable(entry)) {
    for (let more = sets.cursor.toEnd(entry, false); more; more = sets.cursor.next()) found.push(sets.cursor.position);
    return 0;
  }
  const root = sets.entries.valueOf(entry);
  const visit = (element: Address): void => found.push(element);
  let at = from;
  let bucketsLeft = count * 20;
  do at = sets.table.scan(root, at, visit);
  while (at !== 0 && bucketsLeft-- > 0 && found.length < count);
  return at;
}

/** A score as ZSCAN replies it: never as a RESP3 double. Integers of packed sets up to 2^62 have no exponent. */
function scoreText(score: number, isTable: boolean): string {
  const isWhole = !isTable && Number.isInteger(score) && Math.abs(score) <= 2 ** 62;
  return isWhole ? BigInt(score).toString() : formatDouble17g(score);
}
