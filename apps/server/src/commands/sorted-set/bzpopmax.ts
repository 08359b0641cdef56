import { defineCommand } from '../../command/define-command';
import { requireDeadline } from '../../request/blocking-deadline';
import { KeyedPop } from './keyed-pop';
import { popOrBlock } from './pop-or-block';

const POP = new KeyedPop(true, 1, false);

export const bzpopmax = defineCommand({
  name: 'bzpopmax',
  summary:
    'Remove and return the member with the highest score from one or more sorted sets, or block until one is available',
  since: '5.0.0',
  group: 'sorted-set',
  complexity: 'O(log(N)) with N being the number of elements in the sorted set.',
  history: [['6.0.0', '`timeout` is interpreted as a double instead of an integer.']],
  arity: -3,
  flags: ['write', 'noscript', 'blocking', 'fast'],
  categories: ['sortedset'],
  keys: [{ flags: ['RW', 'access', 'delete'], begin: { index: 1 }, find: { lastKey: -2, step: 1, limit: 0 } }],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0, multiple: true },
    { name: 'timeout', type: 'double' },
  ],
  execute(args, reply, call) {
    const last = args.count - 1;
    popOrBlock(args, reply, call, 1, last, requireDeadline(args, last, call.server.clock), POP);
  },
});
