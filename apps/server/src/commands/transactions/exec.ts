import { defineCommand } from '../../command/define-command';
import { ReplyError } from '../../errors';

export const exec = defineCommand({
  name: 'exec',
  summary: 'Execute all commands issued after MULTI',
  since: '1.2.0',
  group: 'transactions',
  complexity: 'Depends on commands in the transaction',
  arity: 1,
  flags: ['noscript', 'loading', 'stale', 'skip_slowlog'],
  categories: ['transaction'],
  onTransaction: 'executes',
  execute(_args, reply, call) {
    const { session, keyspace } = call;
    const { transaction } = session;
    if (transaction === null) throw new ReplyError('ERR EXEC without MULTI');
    if (transaction.isAborted) {
      session.discardTransaction();
      throw new ReplyError('EXECABORT Transaction discarded because of previous errors.');
    }
    if (session.watchDirty || keyspace.changes.watched.hasExpired(session)) {
      session.discardTransaction();
      return reply.nullArray();
    }
    session.unwatch();
    if (session.replyMode !== 'off') reply.array(transaction.queue.length);
    for (const queued of transaction.queue) call.executeQueued(queued);
    session.discardTransaction();
  },
});
