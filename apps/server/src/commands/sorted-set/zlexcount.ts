import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';
import { RangeKind, rangeRequest } from './range-request';

export const zlexcount = defineCommand({
  name: 'zlexcount',
  summary: 'Count the number of members in a sorted set between a given lexicographical range',
  since: '2.8.9',
  group: 'sorted-set',
  complexity: 'O(log(N)) with N being the number of elements in the sorted set.',
  arity: 4,
  flags: ['readonly', 'fast'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'min', type: 'string' },
    { name: 'max', type: 'string' },
  ],
  execute(args, reply, call) {
    const range = rangeRequest.readBounds(args, 1, RangeKind.lexical);
    const entry = findValue(call, args, 1, ValueType.sortedSet);
    reply.integer(entry === 0 ? 0 : range.count(call.keyspace.values.sortedSets, entry));
  },
});
