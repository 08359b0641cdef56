import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { MILLISECONDS_FROM_NOW, requireDeadline } from '../../request/expiration';
import { storeString } from './store-string';

export const psetex = defineCommand({
  name: 'psetex',
  summary: 'Set the value and expiration in milliseconds of a key',
  since: '2.6.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 4,
  flags: ['write', 'denyoom'],
  categories: ['string'],
  keys: [keyAt(1, ['OW', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'milliseconds', type: 'integer' },
    { name: 'value', type: 'string' },
  ],
  execute(args, reply, call) {
    const deadlineMs = requireDeadline(args, 2, MILLISECONDS_FROM_NOW, call.keyspace.nowMs, 'psetex');
    storeString(args, call, 3, false, deadlineMs);
    reply.ok();
  },
});
