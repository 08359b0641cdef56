import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { ReplyError } from '../../errors';
import { readFields } from './bitfield-execution';
import { readFieldOperations } from './bitfield-operations';

const ONLY_GET = new ReplyError('ERR BITFIELD_RO only supports the GET subcommand');

export const bitfieldRo = defineCommand({
  name: 'bitfield_ro',
  summary: 'Perform arbitrary bitfield integer operations on strings. Read-only variant of BITFIELD',
  since: '6.0.0',
  group: 'bitmap',
  complexity: 'O(1) for each subcommand specified',
  arity: -2,
  flags: ['readonly', 'fast'],
  categories: ['bitmap'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'encoding_offset',
      type: 'block',
      token: 'GET',
      optional: true,
      multiple: true,
      multipleToken: true,
      arguments: [
        { name: 'encoding', type: 'string' },
        { name: 'offset', type: 'integer' },
      ],
    },
  ],
  execute(args, reply, call) {
    const operations = readFieldOperations(call, args);
    if (operations.some(({ action }) => action !== 'get')) throw ONLY_GET;
    readFields(args, reply, call, operations);
  },
});
