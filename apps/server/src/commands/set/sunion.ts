import { defineCommand } from '../../command/define-command';
import { keysFrom } from '../../command/key-specification';
import { unite } from './combine';
import { replyCombined } from './combined-set';
import { operands } from './operands';

export const sunion = defineCommand({
  name: 'sunion',
  summary: 'Add multiple sets',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(N) where N is the total number of elements in all given sets.',
  arity: -2,
  flags: ['readonly'],
  categories: ['set'],
  tips: ['nondeterministic_output_order'],
  keys: [keysFrom(1, ['RO', 'access'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0, multiple: true }],
  execute(args, reply, call) {
    operands.find(call, args, 1, args.count);
    replyCombined(args, reply, call, unite);
  },
});
