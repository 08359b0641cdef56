import { defineCommand } from '../../command/define-command';
import { ReplyError } from '../../errors';

export const multi = defineCommand({
  name: 'multi',
  summary: 'Mark the start of a transaction block',
  since: '1.2.0',
  group: 'transactions',
  complexity: 'O(1)',
  arity: 1,
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  categories: ['transaction'],
  onTransaction: 'acts',
  execute(_args, reply, call) {
    if (call.session.transaction !== null) throw new ReplyError('ERR MULTI calls can not be nested');
    call.session.beginTransaction();
    reply.ok();
  },
});
