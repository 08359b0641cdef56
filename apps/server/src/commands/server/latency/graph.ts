import { defineCommand } from '../../../command/define-command';
import { ReplyError } from '../../../errors';
import { latencyGraphText } from './latency-graph-text';

export const latencyGraph = defineCommand({
  name: 'graph',
  summary: 'Return a latency graph for the event.',
  since: '2.8.13',
  group: 'server',
  complexity: 'O(1)',
  arity: 3,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  tips: ['nondeterministic_output', 'request_policy:all_nodes', 'response_policy:special'],
  arguments: [{ name: 'event', type: 'string' }],
  execute(args, reply, call) {
    const name = args.toCText(2);
    const { latency, clock } = call.server;
    const event = latency.events.get(name);
    if (event === undefined) throw new ReplyError(`ERR No samples available for event '${name}'`);
    reply.verbatim('txt', latencyGraphText(name, event, Math.floor(clock.nowMs() / 1000)));
  },
});
