import { defineCommand } from '../../../command/define-command';

export const clientUnpause = defineCommand({
  name: 'unpause',
  summary: 'Resume processing of clients that were paused',
  since: '6.2.0',
  group: 'connection',
  complexity: 'O(N) Where N is the number of paused clients',
  arity: 2,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: ['connection'],
  execute(_args, reply, call) {
    call.server.pause.end();
    reply.ok();
  },
});
