import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';

export const exists = defineCommand({
  name: 'exists',
  summary: 'Determine if a key exists',
  since: '1.0.0',
  group: 'generic',
  complexity: 'O(N) where N is the number of keys to check.',
  history: [['3.0.3', 'Accepts multiple `key` arguments.']],
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
      if (database.peek(args.bytes, args.start(i), args.end(i)) !== 0) count++;
    }
    reply.integer(count);
  },
});
