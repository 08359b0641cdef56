import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { wrongArity } from '../../errors';
import { setPairs } from './set-pairs';

export const mset = defineCommand({
  name: 'mset',
  summary: 'Set multiple keys to multiple values',
  since: '1.0.1',
  group: 'string',
  complexity: 'O(N) where N is the number of keys to set.',
  arity: -3,
  flags: ['write', 'denyoom'],
  categories: ['string'],
  tips: ['request_policy:multi_shard', 'response_policy:all_succeeded'],
  keys: [keysFrom(1, ['OW', 'update'], 2)],
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
    if ((args.count & 1) === 0) throw wrongArity('mset');
    setPairs(args, call);
    reply.ok();
  },
});
