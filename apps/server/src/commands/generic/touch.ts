import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';

export const touch = defineCommand({
  name: 'touch',
  summary: 'Alters the last access time of a key(s). Returns the number of existing keys specified.',
  since: '3.2.1',
  group: 'generic',
  complexity: 'O(N) where N is the number of keys that will be touched.',
  arity: -2,
  flags: ['readonly', 'fast'],
  categories: ['keyspace'],
  tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
  keys: [keysFrom(1, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0, multiple: true }],
  execute(args, reply, call) {
    const { database } = call;
    let count = 0;
    for (let i = 1; i < args.count; i++) {
      if (database.findForRead(args.bytes, args.start(i), args.end(i)) !== 0) count++;
    }
    reply.integer(count);
  },
});
