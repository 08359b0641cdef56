import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { wrongArity } from '../../errors';
import { findHashForWrite } from './find-hash';
import { setFields } from './set-fields';

export const hmset = defineCommand({
  name: 'hmset',
  summary: 'Set multiple hash fields to multiple values',
  since: '2.0.0',
  group: 'hash',
  complexity: 'O(N) where N is the number of fields being set.',
  docFlags: ['deprecated'],
  deprecatedSince: '4.0.0',
  replacedBy: '`HSET` with multiple field-value pairs',
  arity: -4,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['hash'],
  keys: [keyAt(1, ['RW', 'update'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'field_value',
      type: 'block',
      multiple: true,
      arguments: [
        { name: 'field', type: 'string' },
        { name: 'value', type: 'string' },
      ],
    },
  ],
  execute(args, reply, call) {
    if ((args.count & 1) !== 0) throw wrongArity('hmset');
    setFields(args, call, findHashForWrite(call, args));
    reply.ok();
  },
});
