import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import type { Arguments } from '../../request/arguments';
import { changeFields, readFields } from './bitfield-execution';
import { readFieldOperations } from './bitfield-operations';

export const bitfield = defineCommand({
  name: 'bitfield',
  summary: 'Perform arbitrary bitfield integer operations on strings',
  since: '3.2.0',
  group: 'bitmap',
  complexity: 'O(1) for each subcommand specified',
  arity: -2,
  flags: ['write', 'denyoom'],
  categories: ['bitmap'],
  keys: [
    keyAt(
      1,
      ['RW', 'access', 'update', 'variable_flags'],
      'This command allows both access and modification of the key',
    ),
  ],
  findKeys(args) {
    return [{ index: 1, flags: onlyReads(args) ? ['RO', 'access'] : ['RW', 'access', 'update'] }];
  },
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'operation',
      type: 'oneof',
      optional: true,
      multiple: true,
      arguments: [
        {
          name: 'encoding_offset',
          type: 'block',
          token: 'GET',
          arguments: [
            { name: 'encoding', type: 'string' },
            { name: 'offset', type: 'integer' },
          ],
        },
        {
          name: 'write',
          type: 'block',
          arguments: [
            {
              name: 'wrap_sat_fail',
              type: 'oneof',
              token: 'OVERFLOW',
              optional: true,
              arguments: [
                { name: 'wrap', type: 'pure-token', token: 'WRAP' },
                { name: 'sat', type: 'pure-token', token: 'SAT' },
                { name: 'fail', type: 'pure-token', token: 'FAIL' },
              ],
            },
            {
              name: 'write_operation',
              type: 'oneof',
              arguments: [
                {
                  name: 'encoding_offset_value',
                  type: 'block',
                  token: 'SET',
                  arguments: [
                    { name: 'encoding', type: 'string' },
                    { name: 'offset', type: 'integer' },
                    { name: 'value', type: 'integer' },
                  ],
                },
                {
                  name: 'encoding_offset_increment',
                  type: 'block',
                  token: 'INCRBY',
                  arguments: [
                    { name: 'encoding', type: 'string' },
                    { name: 'offset', type: 'integer' },
                    { name: 'increment', type: 'integer' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  execute(args, reply, call) {
    const operations = readFieldOperations(call, args);
    const writes = operations.some(({ action }) => action !== 'get');
    if (writes) changeFields(args, reply, call, operations);
    else readFields(args, reply, call, operations);
  },
});

/** Whether all operations are GETs. As in Redis, an unknown operation counts as a write. */
function onlyReads(args: Arguments): boolean {
  for (let i = 2; i < args.count; i++) {
    const rest = args.count - 1 - i;
    if (args.equals(i, 'get') && rest >= 2) i += 2;
    else if (args.equals(i, 'overflow') && rest >= 1) i += 1;
    else return false;
  }
  return true;
}
