import { defineCommand } from '../../command/define-command';
import { Ending } from '../../session/ending';

export const quit = defineCommand({
  name: 'quit',
  summary: 'Close the connection',
  since: '1.0.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: -1,
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
  categories: ['connection'],
  onTransaction: 'ends',
  whileSubscribed: 'allowed',
  execute(_args, reply, call) {
    reply.ok();
    call.session.end(Ending.afterReplies);
  },
});
