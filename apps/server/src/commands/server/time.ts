import { defineCommand } from '../../command/define-command';

export const time = defineCommand({
  name: 'time',
  summary: 'Return the current server time',
  since: '2.6.0',
  group: 'server',
  complexity: 'O(1)',
  arity: 1,
  flags: ['loading', 'stale', 'fast'],
  categories: [],
  tips: ['nondeterministic_output'],
  execute(_args, reply, call) {
    const microseconds = Math.floor(call.server.clock.nowMs() * 1000);
    reply.array(2);
    reply.bulkNumber(Math.floor(microseconds / 1e6));
    reply.bulkNumber(microseconds % 1e6);
  },
});
