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
  execute(args, reply, call) {
    const { request, keys } = findKeysOfCall(args, call.server.registry);
    reply.array(keys.length);
    for (const { index } of keys) reply.bulk(request.bytes, request.start(index), request.end(index));
  },
});
