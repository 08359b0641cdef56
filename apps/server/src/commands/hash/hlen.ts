import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findHash } from './find-hash';

export const hlen = defineCommand({
  name: 'hlen',
  summary: 'Get the number of fields in a hash',
  since: '2.0.0',
  group: 'hash',
  complexity: 'O(1)',
  arity: 2,
  flags: ['readonly', 'fast'],
  categories: ['hash'],
  keys: [keyAt(1, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const entry = findHash(call, args);
    reply.integer(entry === 0 ? 0 : call.keyspace.values.hashes.length(entry));
  },
});
