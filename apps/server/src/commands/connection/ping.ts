import { defineCommand } from '../../command/define-command';
import { wrongArity } from '../../errors';

export const ping = defineCommand({
  name: 'ping',
  summary: 'Ping the server',
  since: '1.0.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: -1,
  flags: ['fast'],
  categories: ['connection'],
  tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  arguments: [{ name: 'message', type: 'string', optional: true }],
  whileSubscribed: 'allowed',
  execute(args, reply, call) {
    if (args.count > 2) throw wrongArity('ping');
    if (call.session.subscriptions !== null && call.session.protocol === 2) {
      // A subscribed RESP2 client gets PONG in the format of a message.
      reply.array(2);
      reply.bulkString('pong');
      if (args.count === 1) reply.emptyBulk();
      else reply.bulk(args.bytes, args.start(1), args.end(1));
    } else if (args.count === 1) reply.simple('PONG');
    else reply.bulk(args.bytes, args.start(1), args.end(1));
  },
});
