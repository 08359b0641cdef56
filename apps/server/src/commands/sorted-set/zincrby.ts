import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { NOT_A_FLOAT } from '../../errors';
import { readScore } from '../../values/sorted-set/score-text';
import { UpdateFlag } from '../../values/sorted-set/update';
import { addMembers, scoresFor } from './add-members';

export const zincrby = defineCommand({
  name: 'zincrby',
  summary: 'Increment the score of a member in a sorted set',
  since: '1.2.0',
  group: 'sorted-set',
  complexity: 'O(log(N)) where N is the number of elements in the sorted set.',
  arity: 4,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RW', 'access', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'increment', type: 'integer' },
    { name: 'member', type: 'string' },
  ],
  execute(args, reply, call) {
    if (!readScore(args.bytes, args.start(2), args.end(2), scoresFor(1), 0)) throw NOT_A_FLOAT;
    addMembers(args, reply, call, UpdateFlag.increment, false, 1, 3, 1);
  },
});
