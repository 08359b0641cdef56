import type { Address } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { requireCursor, ScanOptions } from '../../request/scan-arguments';
import type { Hashes } from '../../values/hash/hashes';
import { AddressList } from '../generic/address-list';
import { findHash } from './find-hash';

export const hscan = defineCommand({
  name: 'hscan',
  summary: 'Incrementally iterate hash fields and associated values',
  since: '2.8.0',
  group: 'hash',
  complexity:
    'O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection..',
  arity: -3,
  flags: ['readonly'],
  categories: ['hash'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'cursor', type: 'integer' },
    { name: 'pattern', type: 'pattern', token: 'MATCH', optional: true },
    { name: 'count', type: 'integer', token: 'COUNT', optional: true },
  ],
  execute(args, reply, call) {
    const { hashes } = call.keyspace.values;
    const { field, value } = hashes;
    const cursor = requireCursor(args, 2);
    const entry = findHash(call, args);
    if (entry === 0) {
      reply.array(2);
      reply.bulkNumber(0);
      reply.emptyArray();
      return;
    }
    const options = new ScanOptions(args, 3, false);
    const found = new AddressList();
    const next = collect(hashes, entry, cursor, options.count, found);
    let kept = 0;
    for (let i = 0; i < found.length; i++) {
      hashes.readPlace(entry, found.at(i));
      if (options.matches(field.bytes, field.start, field.end)) found.set(kept++, found.at(i));
    }
    reply.array(2);
    reply.bulkNumber(next);
    reply.array(2 * kept);
    for (let i = 0; i < kept; i++) {
      hashes.readPlace(entry, found.at(i));
      reply.bulk(field.bytes, field.start, field.end);
      reply.bulk(value.bytes, value.start, value.end);
    }
  },
});

/**
 * Walks a hash until `count` fields are found or twenty times as many buckets are visited, as Redis does. Returns the next
 * cursor.
 */
function collect(hashes: Hashes, entry: Address, cursor: number, count: number, found: AddressList): number {
  const visit = (place: number): void => found.push(place);
  let at = cursor;
  let bucketsLeft = count * 20;
  do at = hashes.scan(entry, at, visit);
  while (at !== 0 && bucketsLeft-- > 0 && found.length < count);
  return at;
}
