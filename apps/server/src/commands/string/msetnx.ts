import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { wrongArity } from '../../errors';
import { setPairs } from './set-pairs';

export const msetnx = defineCommand({
  name: 'msetnx',
  summary: 'Set multiple keys to multiple values, only if none of the keys exist',
  since: '1.0.1',
  group: 'string',
  complexity: 'O(N) where N is the number of keys to set.',
  arity: -3,
  flags: ['write', 'denyoom'],
  categories: ['string'],
  tips: ['request_policy:multi_shard', 'response_policy:agg_min'],
  keys: [keysFrom(1, ['OW', 'insert'], 2)],
  arguments: [
    {
      name: 'key_value',
      type: 'block',
      multiple: true,
      arguments: [
        { name: 'key', type: 'key', keySpec: 0 },
        { name: 'value', type: 'string' },
      ],
    },
  ],
  execute(args, reply, call) {
    if ((args.count & 1) === 0) throw wrongArity('msetnx');
    const { database } = call;
    for (let i = 1; i < args.count; i += 2) {
      if (database.findForWrite(args.bytes, args.start(i), args.end(i)) !== 0) return reply.integer(0);
    }
    setPairs(args, call);
    reply.integer(1);
  },
});
