import { defineCommand } from '../../command/define-command';

export const reset = defineCommand({
  name: 'reset',
  summary: 'Reset the connection',
  since: '6.2.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: 1,
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
  categories: ['connection'],
  onTransaction: 'ends',
  whileSubscribed: 'allowed',
  execute(_args, reply, call) {
    call.session.reset();
    reply.protocol = call.session.protocol;
    reply.simple('RESET');
  },
});
