import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { KeyEvents } from '../../keyspace/key-event';
import { replyWithStored } from './reply-with-result';
import { subtract } from './set-operation';

export const zdiffstore = defineCommand({
  name: 'zdiffstore',
  summary: 'Subtract multiple sorted sets and store the resulting sorted set in a new key',
  since: '6.2.0',
  group: 'sorted-set',
  complexity:
    'O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.',
  arity: -4,
  flags: ['write', 'denyoom'],
  categories: ['sortedset'],
  keys: [
    keyAt(1, ['OW', 'update']),
    { flags: ['RO', 'access'], begin: { index: 2 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } },
  ],
  arguments: [
    { name: 'destination', type: 'key', keySpec: 0 },
    { name: 'numkeys', type: 'integer' },
    { name: 'key', type: 'key', keySpec: 1, multiple: true },
  ],
  execute(args, reply, call) {
    replyWithStored(args, reply, call, subtract, false, KeyEvents.sortedSet.zdiffstore);
  },
});
