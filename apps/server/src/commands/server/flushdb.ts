import { defineCommand } from '../../command/define-command';
import { flush, requireFlushMode } from './flush';

export const flushdb = defineCommand({
  name: 'flushdb',
  summary: 'Remove all keys from the current database',
  since: '1.0.0',
  group: 'server',
  complexity: 'O(N) where N is the number of keys in the selected database',
  history: [
    ['4.0.0', 'Added the `ASYNC` flushing mode modifier.'],
    ['6.2.0', 'Added the `SYNC` flushing mode modifier.'],
  ],
  arity: -1,
  flags: ['write'],
  categories: ['keyspace', 'dangerous'],
  tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  arguments: [
    {
      name: 'async',
      type: 'oneof',
      optional: true,
      arguments: [
        { name: 'async', type: 'pure-token', token: 'ASYNC', since: '4.0.0' },
        { name: 'sync', type: 'pure-token', token: 'SYNC', since: '6.2.0' },
      ],
    },
  ],
  execute(args, reply, call) {
    const isLazy = requireFlushMode(args, call);
    flush(call, [call.database], isLazy);
    reply.ok();
  },
});
