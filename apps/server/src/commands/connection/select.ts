import { defineCommand } from '../../command/define-command';
import { requireDatabase } from '../../request/database-argument';

export const select = defineCommand({
  name: 'select',
  summary: 'Change the selected database for the current connection',
  since: '1.0.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: 2,
  flags: ['loading', 'stale', 'fast'],
  categories: ['connection'],
  arguments: [{ name: 'index', type: 'integer' }],
  execute(args, reply, call) {
    call.session.database = requireDatabase(args, 1, call.keyspace);
    reply.ok();
  },
});
