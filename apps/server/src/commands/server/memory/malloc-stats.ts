import { defineCommand } from '../../../command/define-command';

export const memoryMallocStats = defineCommand({
  name: 'malloc-stats',
  summary: 'Show allocator internal stats',
  since: '4.0.0',
  group: 'server',
  complexity: 'Depends on how much memory is allocated, could be slow',
  arity: 2,
  flags: [],
  categories: [],
  tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  execute(_args, reply, call) {
    const { arena } = call.keyspace;
    const lines = [
      '___ Begin arena statistics ___',
      `Allocated: ${arena.used}, reserved: ${arena.reserved}, segments: ${arena.bytes.length}`,
      `Fragmentation: ${arena.fragmentation.toFixed(4)}`,
      '--- End arena statistics ---',
    ];
    reply.verbatim('txt', `${lines.join('\n')}\n`);
  },
});
