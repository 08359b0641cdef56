import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';
import { GeoPosition } from '../../values/geo/geo-grid';
import { GEOHASH_BYTES, writeGeohash } from '../../values/geo/geohash-text';

export const geohash = defineCommand({
  name: 'geohash',
  summary: 'Returns members of a geospatial index as standard geohash strings',
  since: '3.2.0',
  group: 'geo',
  complexity: 'O(log(N)) for each member requested, where N is the number of elements in the sorted set.',
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
        reply.null();
        continue;
      }
      position.decode(score);
      writeGeohash(position.longitude, position.latitude, text);
      reply.bulk(text, 0, GEOHASH_BYTES);
    }
  },
});

/** Scratch of one call: valid until the command ends or calls another command. */
const position = new GeoPosition();
/** Scratch of one call: valid until the command ends or calls another command. */
const text = new Uint8Array(GEOHASH_BYTES);
