import { defineCommand } from '../../command/define-command';
import { subscribeToTopics } from './subscribe-to-topics';

export const psubscribe = defineCommand({
  name: 'psubscribe',
  summary: 'Listen for messages published to channels matching the given patterns',
  since: '2.0.0',
  group: 'pubsub',
  complexity: 'O(N) where N is the number of patterns the client is already subscribed to.',
  arity: -2,
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  categories: [],
  arguments: [{ name: 'pattern', type: 'block', multiple: true, arguments: [{ name: 'pattern', type: 'pattern' }] }],
  whileSubscribed: 'messages',
  execute(args, reply, call) {
    subscribeToTopics('psubscribe', 'patterns', args, reply, call);
  },
});
