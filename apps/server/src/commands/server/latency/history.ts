import { defineCommand } from '../../../command/define-command';

export const latencyHistory = defineCommand({
  name: 'history',
  summary: 'Return timestamp-latency samples for the event.',
  since: '2.8.13',
  group: 'server',
  complexity: 'O(1)',
  arity: 3,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  tips: ['nondeterministic_output', 'request_policy:all_nodes', 'response_policy:special'],
  arguments: [{ name: 'event', type: 'string' }],
  execute(args, reply, call) {
    const samples = call.server.latency.events.get(args.toName(2))?.samples ?? [];
    reply.array(samples.length);
    for (const { timeSeconds, milliseconds } of samples) {
      reply.array(2);
      reply.integer(timeSeconds);
      reply.integer(milliseconds);
    }
  },
});
