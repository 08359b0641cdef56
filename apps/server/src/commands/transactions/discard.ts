import { defineCommand } from '../../command/define-command';
import { ReplyError } from '../../errors';

export const discard = defineCommand({
  name: 'discard',
  summary: 'Discard all commands issued after MULTI',
  since: '2.0.0',
  group: 'transactions',
  complexity: 'O(N), when N is the number of queued commands',
  arity: 1,
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  categories: ['transaction'],
  onTransaction: 'ends',
  execute(_args, reply, call) {
    if (call.session.transaction === null) throw new ReplyError('ERR DISCARD without MULTI');
    call.session.discardTransaction();
    reply.ok();
  },
});
