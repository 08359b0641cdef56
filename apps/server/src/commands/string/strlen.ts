import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';

export const strlen = defineCommand({
  name: 'strlen',
  summary: 'Get the length of the value stored in a key',
  since: '2.2.0',
  group: 'string',
  complexity: 'O(1)',
  arity: 2,
  flags: ['readonly', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const entry = findString(call, args, 1);
    reply.integer(entry === 0 ? 0 : call.keyspace.view.locate(entry).length);
  },
});
