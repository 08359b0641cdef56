import { Client } from './client';
import { KEYSPACE_SIZE } from './redis-benchmark';
import type { ServerUnderTest } from './server-under-test';

/** How many keys are read back from each server. */
const SAMPLES = 2000;

/**
 * A fast server that stores nothing is no server: after `writes` of redis-benchmark every server has to hold the keys that
 * were written, each with the value that the first server holds. Rejects, and says what is wrong, when one has not.
 */
export async function verifyStore(servers: readonly ServerUnderTest[], writes: number): Promise<void> {
  let expectedValue: string | null = null;
  for (const server of servers) {
    const { name } = server.subject;
    const client = await Client.open(server.port);
    try {
      const size = Number(await client.call('DBSIZE'));
      if (size === 0 || size > KEYSPACE_SIZE) throw new Error(`${name} holds ${size} of ${KEYSPACE_SIZE} keys`);
      // redis-benchmark seeds its choice of keys by time and process, and two runs may choose alike: the number of keys
      // cannot tell whether writes are missing, the number of calls that did not fail can.
      const done = successfulSets(String(await client.call('INFO', 'commandstats')));
      if (done < writes) throw new Error(`${name} has done ${done} of ${writes} writes`);
      let missed = 0;
      for (let i = 0; i < SAMPLES; i++) {
        const key = `key:${String((i * KEYSPACE_SIZE) / SAMPLES).padStart(12, '0')}`;
        const value = await client.call('GET', key);
        if (value === null) missed += 1;
        else expectedValue ??= String(value);
        if (value !== null && value !== expectedValue) {
          throw new Error(`${name} gave ${JSON.stringify(value)} for ${key}, not ${JSON.stringify(expectedValue)}`);
        }
      }
      if (missed > KEYSPACE_SIZE - size)
        throw new Error(`${name} misses ${missed} keys, and says that it holds ${size}`);
    } finally {
      client.close();
    }
  }
}

function successfulSets(commandStatistics: string): number {
  const row = /^cmdstat_set:calls=(\d+),.*rejected_calls=(\d+),failed_calls=(\d+)/m.exec(commandStatistics);
  return row === null ? 0 : Number(row[1]) - Number(row[3]);
}
