import { defineCommand } from '../../command/define-command';

export const dbsize = defineCommand({
  name: 'dbsize',
  summary: 'Return the number of keys in the selected database',
  since: '1.0.0',
  group: 'server',
  complexity: 'O(1)',
  arity: 1,
  flags: ['readonly', 'fast'],
  categories: ['keyspace'],
  tips: ['request_policy:all_shards', 'response_policy:agg_sum'],
  execute(_args, reply, call) {
    reply.integer(call.database.size);
  },
});
