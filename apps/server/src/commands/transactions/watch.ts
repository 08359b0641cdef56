import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { ReplyError } from '../../errors';

export const watch = defineCommand({
  name: 'watch',
  summary: 'Watch the given keys to determine execution of the MULTI/EXEC block',
  since: '2.2.0',
  group: 'transactions',
  complexity: 'O(1) for every key.',
  arity: -2,
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  categories: ['transaction'],
  keys: [keysFrom(1, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0, multiple: true }],
  onTransaction: 'acts',
  execute(args, reply, call) {
    if (call.session.transaction !== null) throw new ReplyError('ERR WATCH inside MULTI is not allowed');
    const { watched } = call.keyspace.changes;
    // Once a watched key has changed, EXEC fails whatever else is watched.
    if (!call.session.watchDirty) {
      for (let i = 1; i < args.count; i++) {
        watched.watch(call.session, call.database, args.bytes, args.start(i), args.end(i));
      }
    }
    reply.ok();
  },
});
