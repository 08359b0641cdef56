import { defineCommand } from '../../../command/define-command';

export const moduleList = defineCommand({
  name: 'list',
  summary: 'List all modules loaded by the server',
  since: '4.0.0',
  group: 'server',
  complexity: 'O(N) where N is the number of loaded modules.',
  arity: 2,
  flags: ['admin', 'noscript'],
  categories: [],
  tips: ['nondeterministic_output_order'],
  execute(_args, reply) {
    reply.array(0);
  },
});
