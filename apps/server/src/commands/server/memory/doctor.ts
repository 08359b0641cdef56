import { defineCommand } from '../../../command/define-command';
import { MemoryFigures } from '../../../runtime/memory-figures';
import { memoryReport } from './memory-report';

export const memoryDoctor = defineCommand({
  name: 'doctor',
  summary: 'Outputs memory problems report',
  since: '4.0.0',
  group: 'server',
  complexity: 'O(1)',
  arity: 2,
  flags: [],
  categories: [],
  tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  execute(_args, reply, call) {
    reply.verbatim('txt', memoryReport(new MemoryFigures(call.keyspace, call.server)));
  },
});
