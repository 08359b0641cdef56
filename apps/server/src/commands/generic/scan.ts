import type { Address } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import type { Database } from '../../keyspace/database';
import { requireCursor, ScanOptions } from '../../request/scan-arguments';
import { TYPE_NAMES } from '../../values/entry';
import { AddressList } from './address-list';
import { writeKey } from './write-key';

export const scan = defineCommand({
  name: 'scan',
  summary: 'Incrementally iterate the keys space',
  since: '2.8.0',
  group: 'generic',
  complexity:
    'O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.',
  history: [['6.0.0', 'Added the `TYPE` subcommand.']],
  arity: -2,
  flags: ['readonly'],
  categories: ['keyspace'],
  tips: ['nondeterministic_output', 'request_policy:special'],
  arguments: [
    { name: 'cursor', type: 'integer' },
    { name: 'pattern', type: 'pattern', token: 'MATCH', optional: true },
    { name: 'count', type: 'integer', token: 'COUNT', optional: true },
    { name: 'type', type: 'string', token: 'TYPE', since: '6.0.0', optional: true },
  ],
  touchesArbitraryKeys: true,
  execute(args, reply, call) {
    const cursor = requireCursor(args, 1);
    const options = new ScanOptions(args, 2, true);
    const { database } = call;
    const found = new AddressList();
    const next = collect(database, cursor, options.count, found);
    let kept = 0;
    for (let i = 0; i < found.length; i++) {
      const entry = found.at(i);
      if (isWanted(call, entry, options)) found.set(kept++, entry);
    }
    reply.array(2);
    reply.bulkNumber(next);
    reply.array(kept);
    for (let i = 0; i < kept; i++) writeKey(reply, database, found.at(i));
  },
});

/** Walks the table until `count` keys are found or ten times as many buckets are visited. Returns the next cursor. */
function collect(database: Database, cursor: number, count: number, found: AddressList): number {
  const visit = (entry: Address): void => found.push(entry);
  let at = cursor;
  let bucketsLeft = count * 10;
  do {
    at = database.scan(at, visit);
  } while (at !== 0 && bucketsLeft-- > 0 && found.length < count);
  return at;
}

/** Whether a found key is part of the reply; deletes it if it has expired. */
function isWanted(call: Invocation, entry: Address, options: ScanOptions): boolean {
  const { database } = call;
  const { keyspace } = call;
  const start = database.keyStartOf(entry);
  if (!options.matches(database.keyBytesOf(entry), start, start + database.keyLengthOf(entry))) return false;
  const isPast = database.isPastDeadline(entry);
  // TYPE looks up every key, which counts hits; the walk itself does not.
  if (options.typeName !== null) {
    if (isPast) keyspace.misses++;
    else keyspace.hits++;
  }
  if (isPast) {
    database.expireFound(entry);
    return false;
  }
  return options.typeName === null || TYPE_NAMES[database.typeOf(entry)] === options.typeName;
}
