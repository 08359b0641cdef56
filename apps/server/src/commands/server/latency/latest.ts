import { defineCommand } from '../../../command/define-command';

export const latencyLatest = defineCommand({
  name: 'latest',
  summary: 'Return the latest latency samples for all events.',
  since: '2.8.13',
  group: 'server',
  complexity: 'O(1)',
  arity: 2,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  tips: ['nondeterministic_output', 'request_policy:all_nodes', 'response_policy:special'],
  execute(_args, reply, call) {
    const { events } = call.server.latency;
    reply.array(events.size);
    for (const [name, { samples, maxMilliseconds }] of events) {
      const last = samples.at(-1)!;
      reply.array(4);
      reply.bulkString(name);
      reply.integer(last.timeSeconds);
      reply.integer(last.milliseconds);
      reply.integer(maxMilliseconds);
    }
  },
});
