import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findHashForWrite } from './find-hash';
import { setFields } from './set-fields';

export const hsetnx = defineCommand({
  name: 'hsetnx',
  summary: 'Set the value of a hash field, only if the field does not exist',
  since: '2.0.0',
  group: 'hash',
  complexity: 'O(1)',
  arity: 4,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['hash'],
  keys: [keyAt(1, ['RW', 'insert'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'field', type: 'string' },
    { name: 'value', type: 'string' },
  ],
  execute(args, reply, call) {
    const { hashes } = call.keyspace.values;
    const entry = findHashForWrite(call, args);
    if (entry !== 0 && hashes.has(entry, args.bytes, args.start(2), args.end(2))) {
      reply.integer(0);
      return;
    }
    setFields(args, call, entry);
    reply.integer(1);
  },
});
