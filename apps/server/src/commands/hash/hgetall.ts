import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findHash } from './find-hash';

export const hgetall = defineCommand({
  name: 'hgetall',
  summary: 'Get all the fields and values in a hash',
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
    reply.map(entry === 0 ? 0 : hashes.length(entry));
    if (entry === 0) return;
    hashes.forEach(entry, (field, value) => {
      reply.bulk(field.bytes, field.start, field.end);
      reply.bulk(value.bytes, value.start, value.end);
    });
  },
});
