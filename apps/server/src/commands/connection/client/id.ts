import { defineCommand } from '../../../command/define-command';

export const clientId = defineCommand({
  name: 'id',
  summary: 'Returns the client ID for the current connection',
  since: '5.0.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: 2,
  flags: ['noscript', 'loading', 'stale'],
  categories: ['connection'],
  execute(_args, reply, call) {
    reply.integer(call.session.id);
  },
});
