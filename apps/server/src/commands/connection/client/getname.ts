import { defineCommand } from '../../../command/define-command';

export const clientGetname = defineCommand({
  name: 'getname',
  summary: 'Get the current connection name',
  since: '2.6.9',
  group: 'connection',
  complexity: 'O(1)',
  arity: 2,
  flags: ['noscript', 'loading', 'stale'],
  categories: ['connection'],
  execute(_args, reply, call) {
    if (call.session.name === '') reply.null();
    else reply.bulkString(call.session.name);
  },
});
