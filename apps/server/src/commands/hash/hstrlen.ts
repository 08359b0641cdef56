import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findHash } from './find-hash';

export const hstrlen = defineCommand({
  name: 'hstrlen',
  summary: 'Get the length of the value of a hash field',
  since: '3.2.0',
  group: 'hash',
  complexity: 'O(1)',
  arity: 3,
  flags: ['readonly', 'fast'],
  categories: ['hash'],
  keys: [keyAt(1, ['RO'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'field', type: 'string' },
  ],
  execute(args, reply, call) {
    const { hashes } = call.keyspace.values;
    const entry = findHash(call, args);
    const exists = entry !== 0 && hashes.find(entry, args.bytes, args.start(2), args.end(2));
    reply.integer(exists ? hashes.value.length : 0);
  },
});
