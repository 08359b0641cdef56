import { defineCommand } from '../../../command/define-command';
import { findKeysOfCall } from './keys-of-call';

export const commandGetkeysandflags = defineCommand({
  name: 'getkeysandflags',
  summary: 'Extract keys and access flags given a full Redis command',
  since: '7.0.0',
  group: 'server',
  complexity: 'O(N) where N is the number of arguments to the command',
  arity: -4,
  flags: ['loading', 'stale'],
  categories: ['connection'],
  execute(args, reply, call) {
    const { request, keys } = findKeysOfCall(args, call.server.registry);
    reply.array(keys.length);
    for (const { index, flags } of keys) {
      reply.array(2);
      reply.bulk(request.bytes, request.start(index), request.end(index));
      reply.set(flags.length);
      for (const flag of flags) reply.simple(flag);
    }
  },
});
