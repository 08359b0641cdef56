import { defineCommand } from '../../../command/define-command';

export const pubsubNumpat = defineCommand({
  name: 'numpat',
  summary: 'Get the count of unique patterns pattern subscriptions',
  since: '2.8.0',
  group: 'pubsub',
  complexity: 'O(1)',
  arity: 2,
  flags: ['pubsub', 'loading', 'stale'],
  categories: [],
  execute(_args, reply, call) {
    reply.integer(call.server.pubSub.patterns.size);
  },
});
