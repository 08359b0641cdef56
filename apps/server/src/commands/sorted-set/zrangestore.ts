import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import { ValueType } from '../../values/entry';
import { RangeDirection, RangeKind, rangeRequest } from './range-request';
import { storeResult } from './store-result';

export const zrangestore = defineCommand({
  name: 'zrangestore',
  summary: 'Store a range of members from sorted set into another key',
  since: '6.2.0',
  group: 'sorted-set',
  complexity:
    'O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements stored into the destination key.',
  arity: -5,
  flags: ['write', 'denyoom'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['OW', 'update']), keyAt(2, ['RO', 'access'])],
  arguments: [
    { name: 'dst', type: 'key', keySpec: 0 },
    { name: 'src', type: 'key', keySpec: 1 },
    { name: 'min', type: 'string' },
    { name: 'max', type: 'string' },
    {
      name: 'sortby',
      type: 'oneof',
      optional: true,
      arguments: [
        { name: 'byscore', type: 'pure-token', token: 'BYSCORE' },
        { name: 'bylex', type: 'pure-token', token: 'BYLEX' },
      ],
    },
    { name: 'rev', type: 'pure-token', token: 'REV', optional: true },
    {
      name: 'offset_count',
      type: 'block',
      token: 'LIMIT',
      optional: true,
      arguments: [
        { name: 'offset', type: 'integer' },
        { name: 'count', type: 'integer' },
      ],
    },
  ],
  execute(args, reply, call) {
    const { sortedSets } = call.keyspace.values;
    const { cursor } = sortedSets;
    const range = rangeRequest.read(args, 2, RangeKind.open, RangeDirection.open, true);
    const source = findValue(call, args, 2, ValueType.sortedSet);
    const size = storeResult(args, call, 1, KeyEvents.sortedSet.zrangestore, (entry) => {
      const count = source === 0 ? 0 : range.select(sortedSets, source);
      for (let left = count; left > 0; left--) {
        const { bytes, start, end } = cursor.member;
        sortedSets.append(entry, bytes, start, end, cursor.score);
        if (left > 1) range.isReverse ? cursor.previous() : cursor.next();
      }
    });
    reply.integer(size);
  },
});
