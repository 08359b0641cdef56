import { defineCommand } from '../../command/define-command';

export const unwatch = defineCommand({
  name: 'unwatch',
  summary: 'Forget about all watched keys',
  since: '2.2.0',
  group: 'transactions',
  complexity: 'O(1)',
  arity: 1,
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  categories: ['transaction'],
  execute(_args, reply, call) {
    call.session.unwatch();
    reply.ok();
  },
});
