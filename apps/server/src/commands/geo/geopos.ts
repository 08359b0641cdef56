import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';
import { GeoPosition } from '../../values/geo/geo-grid';

export const geopos = defineCommand({
  name: 'geopos',
  summary: 'Returns longitude and latitude of members of a geospatial index',
  since: '3.2.0',
  group: 'geo',
  complexity: 'O(N) where N is the number of members requested.',
  arity: -2,
  flags: ['readonly'],
  categories: ['geo'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'member', type: 'string', multiple: true },
  ],
  execute(args, reply, call) {
    const { sortedSets } = call.keyspace.values;
    const entry = findValue(call, args, 1, ValueType.sortedSet);
    reply.array(args.count - 2);
    for (let i = 2; i < args.count; i++) {
      const score = entry === 0 ? Number.NaN : sortedSets.scoreOf(entry, args.bytes, args.start(i), args.end(i));
      if (Number.isNaN(score)) {
        reply.nullArray();
        continue;
      }
      position.decode(score);
      reply.array(2);
      reply.humanDouble(position.longitude);
      reply.humanDouble(position.latitude);
    }
  },
});

/** Scratch of one call: valid until the command ends or calls another command. */
const position = new GeoPosition();
