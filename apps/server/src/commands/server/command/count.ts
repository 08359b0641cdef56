import { defineCommand } from '../../../command/define-command';

export const commandCount = defineCommand({
  name: 'count',
  summary: 'Get total number of Redis commands',
  since: '2.8.13',
  group: 'server',
  complexity: 'O(1)',
  arity: 2,
  flags: ['loading', 'stale'],
  categories: ['connection'],
  execute(_args, reply, call) {
    reply.integer(call.server.registry.commands.length);
  },
});
