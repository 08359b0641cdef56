import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { MILLISECONDS_FROM_NOW } from '../../request/expiration';
import { expireKey } from './expire-key';

export const pexpire = defineCommand({
  name: 'pexpire',
  summary: "Set a key's time to live in milliseconds",
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
    { name: 'milliseconds', type: 'integer' },
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
    reply.integer(expireKey(args, call, MILLISECONDS_FROM_NOW, 'pexpire') ? 1 : 0);
  },
});
