import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findHash } from './find-hash';

export const hmget = defineCommand({
  name: 'hmget',
  summary: 'Get the values of all the given hash fields',
  since: '2.0.0',
  group: 'hash',
  complexity: 'O(N) where N is the number of fields being requested.',
  arity: -3,
  flags: ['readonly', 'fast'],
  categories: ['hash'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'field', type: 'string', multiple: true },
  ],
  execute(args, reply, call) {
    const { hashes } = call.keyspace.values;
    const { value } = hashes;
    const entry = findHash(call, args);
    reply.array(args.count - 2);
    for (let i = 2; i < args.count; i++) {
      if (entry !== 0 && hashes.find(entry, args.bytes, args.start(i), args.end(i))) {
        reply.bulk(value.bytes, value.start, value.end);
      } else {
        reply.null();
      }
    }
  },
});
