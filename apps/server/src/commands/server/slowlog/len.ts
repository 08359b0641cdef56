import { defineCommand } from '../../../command/define-command';

export const slowlogLen = defineCommand({
  name: 'len',
  summary: "Get the slow log's length",
  since: '2.2.12',
  group: 'server',
  complexity: 'O(1)',
  arity: 2,
  flags: ['admin', 'loading', 'stale'],
  categories: [],
  tips: ['request_policy:all_nodes', 'response_policy:agg_sum', 'nondeterministic_output'],
  execute(_args, reply, call) {
    reply.integer(call.server.slowLog.length);
  },
});
