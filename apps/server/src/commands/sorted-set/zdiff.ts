import { defineCommand } from '../../command/define-command';
import { replyWithResult } from './reply-with-result';
import { subtract } from './set-operation';

export const zdiff = defineCommand({
  name: 'zdiff',
  summary: 'Subtract multiple sorted sets',
  since: '6.2.0',
  group: 'sorted-set',
  complexity:
    'O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.',
  arity: -3,
  flags: ['readonly'],
  categories: ['sortedset'],
  keys: [{ flags: ['RO', 'access'], begin: { index: 1 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } }],
  arguments: [
    { name: 'numkeys', type: 'integer' },
    { name: 'key', type: 'key', keySpec: 0, multiple: true },
    { name: 'withscores', type: 'pure-token', token: 'WITHSCORES', optional: true },
  ],
  execute(args, reply, call) {
    replyWithResult(args, reply, call, subtract, false);
  },
});
