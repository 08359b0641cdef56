import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { wrongArity } from '../../errors';
import { findHashForWrite } from './find-hash';
import { setFields } from './set-fields';

export const hset = defineCommand({
  name: 'hset',
  summary: 'Set the string value of a hash field',
  since: '2.0.0',
  group: 'hash',
  complexity:
    'O(1) for each field/value pair added, so O(N) to add N field/value pairs when the command is called with multiple field/value pairs.',
  history: [['4.0.0', 'Accepts multiple `field` and `value` arguments.']],
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
    if ((args.count & 1) !== 0) throw wrongArity('hset');
    reply.integer(setFields(args, call, findHashForWrite(call, args)));
  },
});
