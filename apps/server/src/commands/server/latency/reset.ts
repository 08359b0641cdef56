import { defineCommand } from '../../../command/define-command';

export const latencyReset = defineCommand({
  name: 'reset',
  summary: 'Reset latency data for one or more events.',
  since: '2.8.13',
  group: 'server',
  complexity: 'O(1)',
  arity: -2,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
  arguments: [{ name: 'event', type: 'string', optional: true, multiple: true }],
  execute(args, reply, call) {
    const events: string[] = [];
    for (let i = 2; i < args.count; i++) events.push(args.toName(i));
    reply.integer(call.server.latency.reset(events));
  },
});
