import { defineCommand } from '../../../command/define-command';

export const clientTrackinginfo = defineCommand({
  name: 'trackinginfo',
  summary: 'Return information about server assisted client side caching for the current connection',
  since: '6.2.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: 2,
  flags: ['noscript', 'loading', 'stale'],
  categories: ['connection'],
  execute(_args, reply) {
    reply.map(3);
    reply.bulkString('flags');
    reply.set(1);
    reply.bulkString('off');
    reply.bulkString('redirect');
    reply.integer(-1);
    reply.bulkString('prefixes');
    reply.emptyArray();
  },
});
