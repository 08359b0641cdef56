import { defineCommand } from '../../../command/define-command';
import { replyWithTopics } from './reply-with-topics';

export const pubsubShardchannels = defineCommand({
  name: 'shardchannels',
  summary: 'List active shard channels',
  since: '7.0.0',
  group: 'pubsub',
  complexity:
    'O(N) where N is the number of active shard channels, and assuming constant time pattern matching (relatively short shard channels).',
  arity: -2,
  flags: ['pubsub', 'loading', 'stale'],
  categories: [],
  arguments: [{ name: 'pattern', type: 'pattern', optional: true }],
  execute(args, reply, call) {
    replyWithTopics(args, reply, call.server.pubSub.shardChannels);
  },
});
