import { defineCommand } from '../../command/define-command';
import { writeKey } from './write-key';

export const randomkey = defineCommand({
  name: 'randomkey',
  summary: 'Return a random key from the keyspace',
  since: '1.0.0',
  group: 'generic',
  complexity: 'O(1)',
  arity: 1,
  flags: ['readonly'],
  categories: ['keyspace'],
  tips: ['request_policy:all_shards', 'nondeterministic_output'],
  touchesArbitraryKeys: true,
  execute(_args, reply, call) {
    const { database } = call;
    const entry = database.randomEntry();
    if (entry === 0) return reply.null();
    writeKey(reply, database, entry);
  },
});
