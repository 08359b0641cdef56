import { defineCommand } from '../../../command/define-command';
import { ReplyError } from '../../../errors';
import { bulkLatin1 } from '../bulk-latin1';
import { wrongSubcommandUse } from '../wrong-subcommand-use';

const WRONG_COUNT = new ReplyError('ERR count should be greater than or equal to -1');
const USUAL_COUNT = 10;

export const slowlogGet = defineCommand({
  name: 'get',
  summary: "Get the slow log's entries",
  since: '2.2.12',
  group: 'server',
  complexity: 'O(N) where N is the number of entries returned',
  history: [['4.0.0', 'Added client IP address, port and name to the reply.']],
  arity: -2,
  flags: ['admin', 'loading', 'stale'],
  categories: [],
  tips: ['request_policy:all_nodes', 'nondeterministic_output'],
  arguments: [{ name: 'count', type: 'integer', optional: true }],
  execute(args, reply, call) {
    if (args.count > 3) throw wrongSubcommandUse(args, 'SLOWLOG');
    const { slowLog } = call.server;
    let count =
      args.count === 3 ? args.requireIntegerBetween(2, -1, Number.MAX_SAFE_INTEGER, WRONG_COUNT) : USUAL_COUNT;
    if (count === -1) count = slowLog.length;
    const entries = slowLog.newest(count);
    reply.array(entries.length);
    for (const entry of entries) {
      reply.array(6);
      reply.integer(entry.id);
      reply.integer(entry.timeSeconds);
      reply.integer(entry.microseconds);
      reply.array(entry.args.length);
      for (const argument of entry.args) reply.bulk(argument, 0, argument.length);
      reply.bulkString(entry.clientAddress);
      bulkLatin1(reply, entry.clientName);
    }
  },
});
