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
  execute(args, reply, session) {
    const { call, keys } = findKeysOfCall(args, session);
    reply.array(keys.length);
    for (const { index, flags } of keys) {
      reply.array(2);
      reply.bulk(call.bytes, call.start(index), call.end(index));
      reply.set(flags.length);
      for (const flag of flags) reply.simple(flag);
    }
  },
});
