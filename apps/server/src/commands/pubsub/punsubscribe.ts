import { defineCommand } from '../../command/define-command';
import { unsubscribeFromTopics } from './unsubscribe-from-topics';

export const punsubscribe = defineCommand({
  name: 'punsubscribe',
  summary: 'Stop listening for messages posted to channels matching the given patterns',
  since: '2.0.0',
  group: 'pubsub',
  complexity:
    'O(N+M) where N is the number of patterns the client is already subscribed and M is the number of total patterns subscribed in the system (by any client).',
  arity: -1,
  flags: ['pubsub', 'noscript', 'loading', 'stale'],
  categories: [],
  arguments: [{ name: 'pattern', type: 'pattern', optional: true, multiple: true }],
  whileSubscribed: 'messages',
  execute(args, reply, call) {
    unsubscribeFromTopics('punsubscribe', 'patterns', args, reply, call);
  },
});
