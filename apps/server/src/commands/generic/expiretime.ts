import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { UNIX_SECONDS } from '../../request/expiration';
import { timeToLive } from './time-to-live';

export const expiretime = defineCommand({
  name: 'expiretime',
  summary: 'Get the expiration Unix timestamp for a key',
  since: '7.0.0',
  group: 'generic',
  complexity: 'O(1)',
  arity: 2,
  flags: ['readonly', 'fast'],
  categories: ['keyspace'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    reply.integer(timeToLive(args, call, UNIX_SECONDS));
  },
});
