import { defineCommand } from '../../../command/define-command';
import { keyAt } from '../../../command/key-specification';
import { ENCODING_NAMES } from '../../../values/entry';
import { findObject } from './find-object';

export const objectEncoding = defineCommand({
  name: 'encoding',
  summary: 'Inspect the internal encoding of a Redis object',
  since: '2.2.3',
  group: 'generic',
  complexity: 'O(1)',
  arity: 3,
  flags: ['readonly'],
  categories: ['keyspace'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(2, ['RO'])],
  arguments: [{ name: 'key', type: 'key', keySpec: 0 }],
  execute(args, reply, call) {
    const entry = findObject(args, call);
    if (entry === 0) return reply.null();
    reply.bulkString(ENCODING_NAMES[call.database.encodingOf(entry)]!);
  },
});
