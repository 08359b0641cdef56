import { defineCommand } from '../../../command/define-command';
import { ReplyError, wrongSubcommandForm } from '../../../errors';

const BAD_REASON = new ReplyError('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR');

export const clientUnblock = defineCommand({
  name: 'unblock',
  summary: 'Unblock a client blocked in a blocking command from a different connection',
  since: '5.0.0',
  group: 'connection',
  complexity: 'O(log N) where N is the number of client connections',
  arity: -3,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: ['connection'],
  arguments: [
    { name: 'client-id', type: 'integer' },
    {
      name: 'timeout_error',
      type: 'oneof',
      optional: true,
      arguments: [
        { name: 'timeout', type: 'pure-token', token: 'TIMEOUT' },
        { name: 'error', type: 'pure-token', token: 'ERROR' },
      ],
    },
  ],
  execute(args, reply, call) {
    if (args.count > 4) throw wrongSubcommandForm('client', args.toName(1));
    if (args.count === 4 && !args.equals(3, 'timeout') && !args.equals(3, 'error')) throw BAD_REASON;
    const { sessions, blockedClients } = call.server;
    const blocked = sessions.get(args.requireInteger(2));
    const withError = args.count === 4 && args.equals(3, 'error');
    reply.integer(blocked !== undefined && blockedClients.unblock(blocked, withError) ? 1 : 0);
  },
});
