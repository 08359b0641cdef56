import type { Database } from '../../../keyspace/database';
import type { Keyspace } from '../../../keyspace/keyspace';
import type { InfoSection } from './info-section';

/** Number of entries sampled to estimate the mean time to live. */
const SAMPLES = 64;

/** Number of keys per database. */
export const keyspaceSection: InfoSection = {
  name: 'keyspace',
  isDefault: true,
  write(text, { keyspace }) {
    text.section('Keyspace');
    for (const database of keyspace.databases) {
      if (database.size === 0) continue;
      const meanTtl = meanTimeToLive(keyspace, database);
      text.field(
        `db${database.index}`,
        `keys=${database.size},expires=${database.volatileSize},avg_ttl=${Math.round(meanTtl)}`,
      );
    }
  },
};

/** Mean time to live in ms of the keys in a random range of the table; 0 if none of them has a deadline. O(1). */
function meanTimeToLive(keyspace: Keyspace, database: Database): number {
  if (database.volatileSize === 0) return 0;
  let sum = 0;
  let count = 0;
  let seen = 0;
  let cursor = keyspace.randomUint32();
  do {
    cursor = database.scan(cursor, (entry) => {
      seen++;
      if (!database.hasDeadline(entry)) return;
      sum += Math.max(0, database.deadlineOf(entry) - keyspace.nowMs);
      count++;
    });
  } while (seen < Math.min(SAMPLES, database.size));
  return count === 0 ? 0 : sum / count;
}
