import type { Address } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { requireCursor, ScanOptions } from '../../request/scan-arguments';
import { ValueType } from '../../values/entry';
import type { Sets } from '../../values/set/sets';
import { AddressList } from '../generic/address-list';

export const sscan = defineCommand({
  name: 'sscan',
  summary: 'Incrementally iterate Set elements',
  since: '2.8.0',
  group: 'set',
  complexity:
    'O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection..',
  arity: -3,
  flags: ['readonly'],
  categories: ['set'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'cursor', type: 'integer' },
    { name: 'pattern', type: 'pattern', token: 'MATCH', optional: true },
    { name: 'count', type: 'integer', token: 'COUNT', optional: true },
  ],
  execute(args, reply, call) {
    const cursor = requireCursor(args, 2);
    const entry = findValue(call, args, 1, ValueType.set);
    if (entry === 0) {
      reply.array(2);
      reply.bulkNumber(0);
      return reply.array(0);
    }
    const options = new ScanOptions(args, 3, false);
    const { sets } = call.keyspace.values;
    const member = sets.cursor;
    const found = new AddressList();
    let next = 0;
    member.begin(entry);
    if (sets.isTable(entry)) next = collect(sets, entry, cursor, options.count, found);
    else while (member.advance()) found.push(member.handle());
    let kept = 0;
    for (let i = 0; i < found.length; i++) {
      member.seek(found.at(i));
      if (options.matches(member.bytes, member.start, member.end)) found.set(kept++, found.at(i));
    }
    reply.array(2);
    reply.bulkNumber(next);
    reply.array(kept);
    for (let i = 0; i < kept; i++) {
      member.seek(found.at(i));
      reply.bulk(member.bytes, member.start, member.end);
    }
  },
});

/** Walks the table of a set until `count` members are found or ten times as many buckets are visited. Returns the next cursor. */
function collect(sets: Sets, entry: Address, cursor: number, count: number, found: AddressList): number {
  const root = sets.entries.valueOf(entry);
  const visit = (record: Address): void => found.push(record);
  let at = cursor;
  let bucketsLeft = count * 10;
  do {
    at = sets.table.scan(root, at, visit);
  } while (at !== 0 && bucketsLeft-- > 0 && found.length < count);
  return at;
}
