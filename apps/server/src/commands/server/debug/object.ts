import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../../command/invocation';
import { NO_SUCH_KEY, ReplyError } from '../../../errors';
import { ACCESS_MASK, ENCODING_NAMES, Encoding, ValueType } from '../../../values/entry';
import { parseInteger } from '../../../values/integer';
import { isSharedInteger, SHARED_REFERENCES } from '../../generic/object/refcount';
import type { DebugSubcommand } from './debug-subcommand';

export const debugObject: DebugSubcommand = {
  name: 'object',
  minArguments: 3,
  maxArguments: 3,
  help: ['OBJECT <key>', '    Show low level info about `key` and associated value.'],
  execute(args, reply, call) {
    const { database } = call;
    const { keyspace } = call;
    const entry = database.findRaw(args.bytes, args.start(2), args.end(2));
    if (entry === 0) throw NO_SUCH_KEY;
    const idleSeconds = database.idleSeconds(entry);
    reply.simple(
      `Value at:0x${(entry * 8).toString(16)} refcount:${isSharedInteger(call, entry) ? SHARED_REFERENCES : 1} ` +
        `encoding:${ENCODING_NAMES[database.encodingOf(entry)]} serializedlength:${serializedLength(call, entry)} ` +
        `lru:${(Math.floor(keyspace.nowMs / 1000) & ACCESS_MASK) - idleSeconds} lru_seconds_idle:${idleSeconds}${nodesOf(call, entry)}`,
    );
  },
};

export const debugListpack: DebugSubcommand = {
  name: 'listpack',
  minArguments: 3,
  maxArguments: 3,
  help: ['LISTPACK <key>', '    Show low level info about the listpack encoding of <key>.'],
  execute(args, reply, { database }) {
    const entry = database.findRaw(args.bytes, args.start(2), args.end(2));
    if (entry === 0) throw NO_SUCH_KEY;
    if (database.encodingOf(entry) !== Encoding.listpack) throw new ReplyError('ERR Not a listpack encoded object.');
    reply.simple(`Listpack of ${database.memoryOf(entry, 0)} bytes with its key`);
  },
};

/** The fields for the nodes of a list, which are never compressed; empty for other types. */
function nodesOf({ database, keyspace }: Invocation, entry: Address): string {
  if (database.typeOf(entry) !== ValueType.list) return '';
  const { lists, limits } = keyspace.values;
  const list = database.valueOf(entry);
  const nodes = lists.nodeCount(list);
  return (
    ` ql_nodes:${nodes} ql_avg_node:${(lists.length(list) / nodes).toFixed(2)} ql_listpack_max:${limits.listNodeSize} ` +
    `ql_compressed:0 ql_uncompressed_size:${lists.memoryOf(list)}`
  );
}

/** Length of the value in an RDB file without compression; 0 for types that cannot be written yet. */
function serializedLength({ database, keyspace }: Invocation, entry: Address): number {
  if (database.typeOf(entry) !== ValueType.string) return 0;
  const { bytes, start, end, length } = keyspace.view.locate(entry);
  const number = length <= 11 ? parseInteger(bytes, start, end) : Number.NaN;
  if (number >= -(2 ** 7) && number < 2 ** 7) return 2;
  if (number >= -(2 ** 15) && number < 2 ** 15) return 3;
  if (number >= -(2 ** 31) && number < 2 ** 31) return 5;
  if (length < 2 ** 6) return 1 + length;
  return (length < 2 ** 14 ? 2 : 5) + length;
}
