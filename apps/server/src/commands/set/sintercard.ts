import { defineCommand } from '../../command/define-command';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import { operands } from './operands';

const NO_KEYS = new ReplyError('ERR numkeys should be greater than 0');
const TOO_MANY_KEYS = new ReplyError("ERR Number of keys can't be greater than number of args");
const NEGATIVE_LIMIT = new ReplyError("ERR LIMIT can't be negative");

export const sintercard = defineCommand({
  name: 'sintercard',
  summary: 'Intersect multiple sets and return the cardinality of the result',
  since: '7.0.0',
  group: 'set',
  complexity: 'O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.',
  arity: -3,
  flags: ['readonly'],
  categories: ['set'],
  keys: [{ flags: ['RO', 'access'], begin: { index: 1 }, find: { keyCountIndex: 0, firstKey: 1, step: 1 } }],
  arguments: [
    { name: 'numkeys', type: 'integer' },
    { name: 'key', type: 'key', keySpec: 0, multiple: true },
    { name: 'limit', type: 'integer', token: 'LIMIT', optional: true },
  ],
  execute(args, reply, call) {
    const keyCount = args.requireIntegerBetween(1, 1, Number.POSITIVE_INFINITY, NO_KEYS);
    if (keyCount > args.count - 2) throw TOO_MANY_KEYS;
    let limit = 0;
    for (let i = 2 + keyCount; i < args.count; i += 2) {
      if (!args.equals(i, 'limit') || i + 1 === args.count) throw SYNTAX_ERROR;
      limit = args.requireIntegerBetween(i + 1, 0, Number.POSITIVE_INFINITY, NEGATIVE_LIMIT);
    }
    const { sets } = call.keyspace.values;
    operands.find(call, args, 2, 2 + keyCount);
    if (operands.absent > 0) return reply.integer(0);
    operands.putSmallestFirst(sets);
    const { cursor } = sets;
    let size = 0;
    for (cursor.begin(operands.entries[0]!); cursor.advance(); ) {
      if (operands.allHave(sets, cursor) && ++size === limit) break;
    }
    reply.integer(size);
  },
});
