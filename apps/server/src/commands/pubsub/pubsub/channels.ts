import { defineCommand } from '../../../command/define-command';
import { replyWithTopics } from './reply-with-topics';

export const pubsubChannels = defineCommand({
  name: 'channels',
  summary: 'List active channels',
  since: '2.8.0',
  group: 'pubsub',
  complexity:
    'O(N) where N is the number of active channels, and assuming constant time pattern matching (relatively short channels and patterns)',
  arity: -2,
  flags: ['pubsub', 'loading', 'stale'],
  categories: [],
  arguments: [{ name: 'pattern', type: 'pattern', optional: true }],
  execute(args, reply, call) {
    replyWithTopics(args, reply, call.server.pubSub.channels);
  },
});
