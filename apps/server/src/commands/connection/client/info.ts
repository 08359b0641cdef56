import { defineCommand } from '../../../command/define-command';
import { describeSession } from './describe-session';

export const clientInfo = defineCommand({
  name: 'info',
  summary: 'Returns information about the current client connection.',
  since: '6.2.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: 2,
  flags: ['noscript', 'loading', 'stale'],
  categories: ['connection'],
  tips: ['nondeterministic_output'],
  execute(args, reply, call) {
    reply.verbatim('txt', `${describeSession(call.session, call.keyspace.nowMs, call.session, args)}\n`);
  },
});
