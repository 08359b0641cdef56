import { defineCommand } from '../../command/define-command';
import { DB_INDEX_OUT_OF_RANGE, ReplyError } from '../../errors';
import { requireInt } from '../../request/database-argument';

const INVALID_FIRST = new ReplyError('ERR invalid first DB index');
const INVALID_SECOND = new ReplyError('ERR invalid second DB index');

export const swapdb = defineCommand({
  name: 'swapdb',
  summary: 'Swaps two Redis databases',
  since: '4.0.0',
  group: 'server',
  complexity: 'O(N) where N is the count of clients watching or blocking on keys from both databases.',
  arity: 3,
  flags: ['write', 'fast'],
  categories: ['keyspace', 'dangerous'],
  arguments: [
    { name: 'index1', type: 'integer' },
    { name: 'index2', type: 'integer' },
  ],
  execute(args, reply, call) {
    const { keyspace } = call;
    const numbers = [requireInt(args, 1, INVALID_FIRST), requireInt(args, 2, INVALID_SECOND)];
    const [first, second] = numbers.map((number) => keyspace.databases[number]);
    if (first === undefined || second === undefined) throw DB_INDEX_OUT_OF_RANGE;
    keyspace.swap(first, second);
    reply.ok();
  },
});
