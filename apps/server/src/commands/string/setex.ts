import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { requireDeadline, SECONDS_FROM_NOW } from '../../request/expiration';
import { storeString } from './store-string';

export const setex = defineCommand({
  name: 'setex',
  summary: 'Set the value and expiration of a key',
  since: '2.0.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 4,
  flags: ['write', 'denyoom'],
  categories: ['string'],
  keys: [keyAt(1, ['OW', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'seconds', type: 'integer' },
    { name: 'value', type: 'string' },
  ],
  execute(args, reply, call) {
    const deadlineMs = requireDeadline(args, 2, SECONDS_FROM_NOW, call.keyspace.nowMs, 'setex');
    storeString(args, call, 3, false, deadlineMs);
    reply.ok();
  },
});
