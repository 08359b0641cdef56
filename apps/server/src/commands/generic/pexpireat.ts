import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { UNIX_MILLISECONDS } from '../../request/expiration';
import { expireKey } from './expire-key';

export const pexpireat = defineCommand({
  name: 'pexpireat',
  summary: 'Set the expiration for a key as a UNIX timestamp specified in milliseconds',
  since: '2.6.0',
  group: 'generic',
  complexity: 'O(1)',
  history: [['7.0.0', 'Added options: `NX`, `XX`, `GT` and `LT`.']],
  arity: -3,
  flags: ['write', 'fast'],
  categories: ['keyspace'],
  keys: [keyAt(1, ['RW', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'unix-time-milliseconds', type: 'unix-time' },
    {
      name: 'condition',
      type: 'oneof',
      since: '7.0.0',
      optional: true,
      arguments: [
        { name: 'nx', type: 'pure-token', token: 'NX' },
        { name: 'xx', type: 'pure-token', token: 'XX' },
        { name: 'gt', type: 'pure-token', token: 'GT' },
        { name: 'lt', type: 'pure-token', token: 'LT' },
      ],
    },
  ],
  execute(args, reply, call) {
    reply.integer(expireKey(args, call, UNIX_MILLISECONDS, 'pexpireat') ? 1 : 0);
  },
});
