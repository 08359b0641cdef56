import { defineCommand } from '../../../command/define-command';
import { latencyReport } from './latency-report';

export const latencyDoctor = defineCommand({
  name: 'doctor',
  summary: 'Return a human readable latency analysis report.',
  since: '2.8.13',
  group: 'server',
  complexity: 'O(1)',
  arity: 2,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  tips: ['nondeterministic_output', 'request_policy:all_nodes', 'response_policy:special'],
  execute(_args, reply, call) {
    reply.verbatim('txt', latencyReport(call.server));
  },
});
