import { type Address, copyBytes } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { keyAt, keysFrom } from '../../command/key-specification';
import { findString } from '../../command/lookup';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { type BitwiseOperation, combineBits, complementBits } from '../../values/bitwise';
import { Encoding } from '../../values/entry';

const ONE_SOURCE_FOR_NOT = new ReplyError('ERR BITOP NOT must be called with a single source key.');
const operations = ['and', 'or', 'xor', 'not'] as const;

export const bitop = defineCommand({
  name: 'bitop',
  summary: 'Perform bitwise operations between strings',
  since: '2.6.0',
  group: 'bitmap',
  complexity: 'O(N)',
  arity: -4,
  flags: ['write', 'denyoom'],
  categories: ['bitmap'],
  keys: [keyAt(2, ['OW', 'update']), keysFrom(3, ['RO', 'access'])],
  arguments: [
    { name: 'operation', type: 'string' },
    { name: 'destkey', type: 'key', keySpec: 0 },
    { name: 'key', type: 'key', keySpec: 1, multiple: true },
  ],
  execute(args, reply, call) {
    const operation = operations.find((name) => args.equals(1, name));
    if (operation === undefined) throw SYNTAX_ERROR;
    if (operation === 'not' && args.count !== 4) throw ONE_SOURCE_FOR_NOT;
    const { database } = call;
    const start = args.start(2);
    const end = args.end(2);
    const sources: Address[] = [];
    for (let i = 3; i < args.count; i++) sources.push(findString(call, args, i));
    const result = combine(call, operation, sources);
    if (result.length > 0) {
      database.strings.set(args.bytes, start, end, result, 0, result.length, false, Encoding.raw);
      database.changed(KeyEvents.string.set, args.bytes, start, end);
    } else {
      const old = database.findRaw(args.bytes, start, end);
      if (old !== 0) {
        database.remove(old);
        database.changed(KeyEvents.generic.del, args.bytes, start, end);
      }
    }
    reply.integer(result.length);
  },
});

/** The result in a new buffer, because the destination may be one of the sources. O(bytes of all sources). */
function combine(call: Invocation, operation: BitwiseOperation | 'not', sources: readonly Address[]): Buffer {
  const { view } = call.keyspace;
  let length = 0;
  for (const entry of sources) if (entry !== 0) length = Math.max(length, view.locate(entry).length);
  const result = Buffer.alloc(length);
  for (let i = 0; i < sources.length; i++) {
    const entry = sources[i]!;
    const size = entry === 0 ? 0 : view.locate(entry).length;
    if (i === 0) copyBytes(view.bytes, view.start, view.start + size, result, 0);
    else if (operation !== 'not') combineBits(operation, result, view.bytes, view.start, size);
  }
  if (operation === 'not') complementBits(result);
  return result;
}
