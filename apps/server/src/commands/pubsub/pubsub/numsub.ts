import { defineCommand } from '../../../command/define-command';
import { replyWithSubscriberCounts } from './reply-with-topics';

export const pubsubNumsub = defineCommand({
  name: 'numsub',
  summary: 'Get the count of subscribers for channels',
  since: '2.8.0',
  group: 'pubsub',
  complexity: 'O(N) for the NUMSUB subcommand, where N is the number of requested channels',
  arity: -2,
  flags: ['pubsub', 'loading', 'stale'],
  categories: [],
  arguments: [{ name: 'channel', type: 'string', optional: true, multiple: true }],
  execute(args, reply, call) {
    replyWithSubscriberCounts(args, reply, call.server.pubSub.channels);
  },
});
