import { defineCommand } from '../../../command/define-command';

export const configResetstat = defineCommand({
  name: 'resetstat',
  summary: 'Reset the stats returned by INFO',
  since: '2.0.0',
  group: 'server',
  complexity: 'O(1)',
  arity: 2,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  execute(_args, reply, call) {
    const { statistics, traffic, memoryLimit, activeDefrag, registry } = call.server;
    statistics.reset();
    traffic.reset();
    call.keyspace.resetStatistics();
    memoryLimit.resetStatistics();
    activeDefrag.resetStatistics();
    registry.resetStatistics();
    reply.ok();
  },
});
