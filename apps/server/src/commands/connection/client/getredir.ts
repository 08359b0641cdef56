import { defineCommand } from '../../../command/define-command';

export const clientGetredir = defineCommand({
  name: 'getredir',
  summary: 'Get tracking notifications redirection client ID if any',
  since: '6.0.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: 2,
  flags: ['noscript', 'loading', 'stale'],
  categories: ['connection'],
  execute(_args, reply) {
    reply.integer(-1);
  },
});
