import { defineCommand } from '../../../command/define-command';
import { replyWithSubscriberCounts } from './reply-with-topics';

export const pubsubShardnumsub = defineCommand({
  name: 'shardnumsub',
  summary: 'Get the count of subscribers for shard channels',
  since: '7.0.0',
  group: 'pubsub',
  complexity: 'O(N) for the SHARDNUMSUB subcommand, where N is the number of requested shard channels',
  arity: -2,
  flags: ['pubsub', 'loading', 'stale'],
  categories: [],
  arguments: [{ name: 'shardchannel', type: 'string', optional: true, multiple: true }],
  execute(args, reply, call) {
    replyWithSubscriberCounts(args, reply, call.server.pubSub.shardChannels);
  },
});
