import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { mayNotBlock, subscribeToTopics } from './subscribe-to-topics';

export const ssubscribe = defineCommand({
  name: 'ssubscribe',
  summary: 'Listen for messages published to the given shard channels',
  since: '7.0.0',
  group: 'pubsub',
  complexity: 'O(N) where N is the number of shard channels to subscribe to.',
  arity: -2,
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  categories: [],
  keys: [keysFrom(1, ['not_key'])],
  arguments: [{ name: 'shardchannel', type: 'string', multiple: true }],
  whileSubscribed: 'messages',
  execute(args, reply, call) {
    if (!call.mayBlock) throw mayNotBlock('ssubscribe');
    subscribeToTopics('ssubscribe', 'shardChannels', args, reply, call);
  },
});
