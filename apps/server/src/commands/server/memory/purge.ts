import { defineCommand } from '../../../command/define-command';

export const memoryPurge = defineCommand({
  name: 'purge',
  summary: 'Ask the allocator to release memory',
  since: '4.0.0',
  group: 'server',
  complexity: 'Depends on how much memory is allocated, could be slow',
  arity: 2,
  flags: [],
  categories: [],
  tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  execute(_args, reply, call) {
    call.server.memoryRelease.purge();
    reply.ok();
  },
});
