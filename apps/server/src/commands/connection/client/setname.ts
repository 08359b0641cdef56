import { defineCommand } from '../../../command/define-command';
import { requireClientName } from '../client-name';

export const clientSetname = defineCommand({
  name: 'setname',
  summary: 'Set the current connection name',
  since: '2.6.9',
  group: 'connection',
  complexity: 'O(1)',
  arity: 3,
  flags: ['noscript', 'loading', 'stale'],
  categories: ['connection'],
  arguments: [{ name: 'connection-name', type: 'string' }],
  execute(args, reply, call) {
    call.session.name = requireClientName(args, 2);
    reply.ok();
  },
});
