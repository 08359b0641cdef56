import { defineCommand } from '../../command/define-command';

export const lastsave = defineCommand({
  name: 'lastsave',
  summary: 'Get the UNIX time stamp of the last successful save to disk',
  since: '1.0.0',
  group: 'server',
  complexity: 'O(1)',
  arity: 1,
  flags: ['loading', 'stale', 'fast'],
  categories: ['admin', 'dangerous'],
  tips: ['nondeterministic_output'],
  execute(_args, reply, call) {
    reply.integer(Math.floor(call.server.startedAtMs / 1000));
  },
});
