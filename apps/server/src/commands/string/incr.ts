import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { incrementBy } from './increment-by';

export const incr = defineCommand({
  name: 'incr',
  summary: 'Increment the integer value of a key by one',
  since: '1.0.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 2,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    incrementBy(args, reply, call, 1);
  },
});
