import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findHash } from './find-hash';

export const hget = defineCommand({
  name: 'hget',
  summary: 'Get the value of a hash field',
  since: '2.0.0',
  group: 'hash',
  complexity: 'O(1)',
  arity: 3,
  flags: ['readonly', 'fast'],
  categories: ['hash'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'field', type: 'string' },
  ],
  execute(args, reply, call) {
    const { hashes } = call.keyspace.values;
    const entry = findHash(call, args);
    if (entry === 0 || !hashes.find(entry, args.bytes, args.start(2), args.end(2))) {
      reply.null();
      return;
    }
    const { bytes, start, end } = hashes.value;
    reply.bulk(bytes, start, end);
  },
});
