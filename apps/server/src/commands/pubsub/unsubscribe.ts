import { defineCommand } from '../../command/define-command';
import { unsubscribeFromTopics } from './unsubscribe-from-topics';

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  summary: 'Stop listening for messages posted to the given channels',
  since: '2.0.0',
  group: 'pubsub',
  complexity: 'O(N) where N is the number of clients already subscribed to a channel.',
  arity: -1,
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  categories: [],
  arguments: [{ name: 'channel', type: 'string', optional: true, multiple: true }],
  whileSubscribed: 'messages',
  execute(args, reply, call) {
    unsubscribeFromTopics('unsubscribe', 'channels', args, reply, call);
  },
});
