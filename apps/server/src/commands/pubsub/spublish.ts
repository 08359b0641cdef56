import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { Target } from '../../keyspace/propagated-unit';

export const spublish = defineCommand({
  name: 'spublish',
  summary: 'Post a message to a shard channel',
  since: '7.0.0',
  group: 'pubsub',
  complexity: 'O(N) where N is the number of clients subscribed to the receiving shard channel.',
  arity: 3,
  flags: ['pubsub', 'loading', 'stale', 'fast'],
  categories: [],
  mayReplicate: true,
  keys: [keyAt(1, ['not_key'])],
  arguments: [
    { name: 'shardchannel', type: 'string' },
    { name: 'message', type: 'string' },
  ],
  execute(args, reply, call) {
    const { bytes } = args;
    call.forcePropagation(Target.replicas);
    const { pubSub } = call.server;
    reply.integer(pubSub.publishToShard(bytes, args.start(1), args.end(1), bytes, args.start(2), args.end(2)));
  },
});
