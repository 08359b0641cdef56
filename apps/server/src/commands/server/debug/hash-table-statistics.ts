import type { Address, HashTableStatistics } from '@nanoredis/intrusive-ds';
import { NO_SUCH_KEY, NOT_AN_INTEGER, ReplyError } from '../../../errors';
import { Encoding, ValueType } from '../../../values/entry';
import type { Values } from '../../../values/values';
import type { DebugSubcommand } from './debug-subcommand';

const NO_SUCH_DATABASE = new ReplyError('ERR Out of range database');
const NO_HASH_TABLE = new ReplyError(
  'ERR The value stored at the specified key is not represented using an hash table',
);
const EMPTY = 'Hash table 0 stats (main hash table):\nNo stats available for empty dictionaries\n';

export const debugHtstats: DebugSubcommand = {
  name: 'htstats',
  minArguments: 3,
  maxArguments: 3,
  help: ['HTSTATS <dbid>', '    Return hash table statistics of the specified Redis database.'],
  execute(args, reply, { keyspace }) {
    const database = keyspace.databases[args.requireInteger(2, NOT_AN_INTEGER)];
    if (database === undefined) throw NO_SUCH_DATABASE;
    const main = database.size === 0 ? EMPTY : describeTable(database.tableStatistics());
    // Deadlines are in a timing wheel, which has no chains to report.
    const deadlines = database.volatileSize === 0 ? EMPTY : `Timing wheel: ${database.volatileSize} deadlines\n`;
    reply.verbatim('txt', `[Dictionary HT]\n${main}[Expires HT]\n${deadlines}`);
  },
};

export const debugHtstatsKey: DebugSubcommand = {
  name: 'htstats-key',
  minArguments: 3,
  maxArguments: 3,
  help: ['HTSTATS-KEY <key>', "    Like HTSTATS but for the hash table stored at <key>'s value."],
  execute(args, reply, { database, keyspace }) {
    const entry = database.findRaw(args.bytes, args.start(2), args.end(2));
    if (entry === 0) throw NO_SUCH_KEY;
    const statisticsOf = TABLES[database.typeOf(entry)];
    if (statisticsOf === undefined || !TABLE_ENCODINGS.has(database.encodingOf(entry))) throw NO_HASH_TABLE;
    reply.verbatim('txt', describeTable(statisticsOf(keyspace.values, database.valueOf(entry))));
  },
};

/** Encodings of values that have a hash table. */
const TABLE_ENCODINGS: ReadonlySet<Encoding> = new Set([Encoding.hashtable, Encoding.skiplist]);

/** The tables of values in these encodings, by type. */
const TABLES: { readonly [Type in ValueType]?: (values: Values, value: Address) => HashTableStatistics } = {
  [ValueType.hash]: ({ hashes }, value) => hashes.table.statistics(value),
  [ValueType.set]: ({ sets }, value) => sets.table.statistics(value),
};

/** Size and chain lengths of a table, in the format of redis-server. */
function describeTable({ size, buckets, chainLengths }: HashTableStatistics): string {
  const used = buckets - (chainLengths[0] ?? 0);
  const mean = (size / used).toFixed(2);
  const distribution = chainLengths.flatMap((count, length) => {
    return count === 0 ? [] : [`   ${length}: ${count} (${((100 * count) / buckets).toFixed(2)}%)\n`];
  });
  return (
    `Hash table 0 stats (main hash table):\n table size: ${buckets}\n number of elements: ${size}\n` +
    ` different slots: ${used}\n max chain length: ${chainLengths.length - 1}\n` +
    ` avg chain length (counted): ${mean}\n avg chain length (computed): ${mean}\n` +
    ` Chain length distribution:\n${distribution.join('')}`
  );
}
