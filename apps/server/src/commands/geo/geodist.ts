import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { SYNTAX_ERROR } from '../../errors';
import { ValueType } from '../../values/entry';
import { formatFixed } from '../../values/fixed-text';
import { GeoPosition } from '../../values/geo/geo-grid';
import { greatCircleMetres } from '../../values/geo/great-circle';
import { requireUnit } from './geo-arguments';

export const geodist = defineCommand({
  name: 'geodist',
  summary: 'Returns the distance between two members of a geospatial index',
  since: '3.2.0',
  group: 'geo',
  complexity: 'O(log(N))',
  arity: -4,
  flags: ['readonly'],
  categories: ['geo'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'member1', type: 'string' },
    { name: 'member2', type: 'string' },
    {
      name: 'unit',
      type: 'oneof',
      optional: true,
      arguments: [
        { name: 'm', type: 'pure-token', token: 'M' },
        { name: 'km', type: 'pure-token', token: 'KM' },
        { name: 'ft', type: 'pure-token', token: 'FT' },
        { name: 'mi', type: 'pure-token', token: 'MI' },
      ],
    },
  ],
  execute(args, reply, call) {
    const { sortedSets } = call.keyspace.values;
    const metresPerUnit = args.count === 5 ? requireUnit(args, 4) : 1;
    if (args.count > 5) throw SYNTAX_ERROR;
    const entry = findValue(call, args, 1, ValueType.sortedSet);
    if (entry === 0) return reply.null();
    const score1 = sortedSets.scoreOf(entry, args.bytes, args.start(2), args.end(2));
    const score2 = sortedSets.scoreOf(entry, args.bytes, args.start(3), args.end(3));
    if (Number.isNaN(score1) || Number.isNaN(score2)) return reply.null();
    from.decode(score1);
    to.decode(score2);
    const metres = greatCircleMetres(from.longitude, from.latitude, to.longitude, to.latitude);
    reply.bulkString(formatFixed(metres / metresPerUnit, 4));
  },
});

/** Scratch of one call: valid until the command ends or calls another command. */
const from = new GeoPosition();
/** Scratch of one call: valid until the command ends or calls another command. */
const to = new GeoPosition();
