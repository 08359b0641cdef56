import { defineCommand } from '../../../command/define-command';

export const slowlogReset = defineCommand({
  name: 'reset',
  summary: 'Clear all entries from the slow log',
  since: '2.2.12',
  group: 'server',
  complexity: 'O(N) where N is the number of entries in the slowlog',
  arity: 2,
  flags: ['admin', 'loading', 'stale'],
  categories: [],
  tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
  execute(_args, reply, call) {
    call.server.slowLog.clear();
    reply.ok();
  },
});
