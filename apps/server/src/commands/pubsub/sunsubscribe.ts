import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { unsubscribeFromTopics } from './unsubscribe-from-topics';

export const sunsubscribe = defineCommand({
  name: 'sunsubscribe',
  summary: 'Stop listening for messages posted to the given shard channels',
  since: '7.0.0',
  group: 'pubsub',
  complexity: 'O(N) where N is the number of clients already subscribed to a shard channel.',
  arity: -1,
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  categories: [],
  keys: [keysFrom(1, ['not_key'])],
  arguments: [{ name: 'shardchannel', type: 'string', optional: true, multiple: true }],
  whileSubscribed: 'messages',
  execute(args, reply, call) {
    unsubscribeFromTopics('sunsubscribe', 'shardChannels', args, reply, call);
  },
});
