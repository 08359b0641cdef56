import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { incrementBy, incrementByBig } from './increment-by';

export const incrby = defineCommand({
  name: 'incrby',
  summary: 'Increment the integer value of a key by the given amount',
  since: '1.0.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 3,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'increment', type: 'integer' },
  ],
  execute(args, reply, call) {
    const step = args.requireInteger(2);
    if (Number.isSafeInteger(step)) incrementBy(args, reply, call, step);
    else incrementByBig(args, reply, call, args.requireBigInteger(2));
  },
});
