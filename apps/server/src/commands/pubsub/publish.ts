import { defineCommand } from '../../command/define-command';
import { Target } from '../../keyspace/propagated-unit';

export const publish = defineCommand({
  name: 'publish',
  summary: 'Post a message to a channel',
  since: '2.0.0',
  group: 'pubsub',
  complexity:
    'O(N+M) where N is the number of clients subscribed to the receiving channel and M is the total number of subscribed patterns (by any client).',
  arity: 3,
  flags: ['pubsub', 'loading', 'stale', 'fast'],
  categories: [],
  mayReplicate: true,
  arguments: [
    { name: 'channel', type: 'string' },
    { name: 'message', type: 'string' },
  ],
  execute(args, reply, call) {
    const { bytes } = args;
    call.forcePropagation(Target.replicas);
    const { pubSub } = call.server;
    reply.integer(pubSub.publish(bytes, args.start(1), args.end(1), bytes, args.start(2), args.end(2)));
  },
});
