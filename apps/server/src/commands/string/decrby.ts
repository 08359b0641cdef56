import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { ReplyError } from '../../errors';
import { INT64_MIN } from '../../values/integer';
import { incrementBy, incrementByBig } from './increment-by';

/** The smallest 64-bit number cannot be negated. */
const STEP_OVERFLOW = new ReplyError('ERR decrement would overflow');

export const decrby = defineCommand({
  name: 'decrby',
  summary: 'Decrement the integer value of a key by the given number',
  since: '1.0.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 3,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'decrement', type: 'integer' },
  ],
  execute(args, reply, call) {
    const step = args.requireInteger(2);
    if (Number.isSafeInteger(step)) {
      incrementBy(args, reply, call, -step);
      return;
    }
    const exact = args.requireBigInteger(2);
    if (exact === INT64_MIN) throw STEP_OVERFLOW;
    incrementByBig(args, reply, call, -exact);
  },
});
