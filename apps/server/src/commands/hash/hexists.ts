import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findHash } from './find-hash';

export const hexists = defineCommand({
  name: 'hexists',
  summary: 'Determine if a hash field exists',
  since: '2.0.0',
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
    reply.integer(entry !== 0 && hashes.has(entry, args.bytes, args.start(2), args.end(2)) ? 1 : 0);
  },
});
