import { defineCommand } from '../../command/define-command';
import { subscribeToTopics } from './subscribe-to-topics';

export const subscribe = defineCommand({
  name: 'subscribe',
  summary: 'Listen for messages published to the given channels',
  since: '2.0.0',
  group: 'pubsub',
  complexity: 'O(N) where N is the number of channels to subscribe to.',
  arity: -2,
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  categories: [],
  arguments: [{ name: 'channel', type: 'string', multiple: true }],
  whileSubscribed: 'messages',
  execute(args, reply, call) {
    subscribeToTopics('subscribe', 'channels', args, reply, call);
  },
});
