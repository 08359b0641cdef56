import { MUST_BE_POSITIVE, STRING_TOO_LONG } from '../../../errors';
import { encodingOfText } from '../../../values/string-encoding';
import type { DebugSubcommand } from './debug-subcommand';

export const debugPopulate: DebugSubcommand = {
  name: 'populate',
  minArguments: 3,
  maxArguments: 5,
  help: [
    'POPULATE <count> [<prefix>] [<size>]',
    '    Create <count> string keys named key:<num>. If <prefix> is specified then',
    "    it is used instead of the 'key' prefix.",
  ],
  execute(args, reply, { database, keyspace }) {
    const count = args.requireIntegerBetween(2, 0, Number.MAX_SAFE_INTEGER, MUST_BE_POSITIVE);
    const prefix = args.count > 3 ? args.toLatin1(3) : 'key';
    const size = args.count > 4 ? args.requireIntegerBetween(4, 0, Number.MAX_SAFE_INTEGER, MUST_BE_POSITIVE) : 0;
    if (size > keyspace.values.maxStringBytes) throw STRING_TOO_LONG;
    for (let i = 0; i < count; i++) {
      const key = Buffer.from(`${prefix}:${i}`, 'latin1');
      if (database.findForWrite(key, 0, key.length) !== 0) continue;
      const text = Buffer.from(`value:${i}`);
      const value = size === 0 ? text : Buffer.alloc(size);
      if (size > 0) text.copy(value);
      database.strings.set(key, 0, key.length, value, 0, value.length, false, encodingOfText(value.length));
      database.changed(null, key, 0, key.length, 0);
    }
    reply.ok();
  },
};
