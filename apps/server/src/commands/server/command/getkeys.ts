import { defineCommand } from '../../../command/define-command';
import { findKeysOfCall } from './keys-of-call';

export const commandGetkeys = defineCommand({
  name: 'getkeys',
  summary: 'Extract keys given a full Redis command',
  since: '2.8.13',
  group: 'server',
  complexity: 'O(N) where N is the number of arguments to the command',
  arity: -4,
  flags: ['loading', 'stale'],
  categories: ['connection'],
  execute(args, reply, session) {
    const { call, keys } = findKeysOfCall(args, session);
    reply.array(keys.length);
    for (const { index } of keys) reply.bulk(call.bytes, call.start(index), call.end(index));
  },
});
