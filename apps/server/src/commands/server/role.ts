import { defineCommand } from '../../command/define-command';

export const role = defineCommand({
  name: 'role',
  summary: 'Return the role of the instance in the context of replication',
  since: '2.8.12',
  group: 'server',
  complexity: 'O(1)',
  arity: 1,
  flags: ['noscript', 'loading', 'stale', 'fast'],
  categories: ['admin', 'dangerous'],
  execute(_args, reply) {
    reply.array(3);
    reply.bulkString('master');
    reply.integer(0);
    reply.emptyArray();
  },
});
