import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findHash } from './find-hash';

export const hvals = defineCommand({
  name: 'hvals',
  summary: 'Get all the values in a hash',
  since: '2.0.0',
  group: 'hash',
  complexity: 'O(N) where N is the size of the hash.',
  arity: 2,
  flags: ['readonly'],
  categories: ['hash'],
  tips: ['nondeterministic_output_order'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const { hashes } = call.keyspace.values;
    const entry = findHash(call, args);
    reply.array(entry === 0 ? 0 : hashes.length(entry));
    if (entry !== 0) hashes.forEach(entry, (_field, value) => reply.bulk(value.bytes, value.start, value.end));
  },
});
