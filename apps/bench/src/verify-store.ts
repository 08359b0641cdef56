import { Client } from './client';
import { KEYSPACE_SIZE } from './redis-benchmark';
import { mostMissedKeys } from './rounds';
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
      const mostMissed = mostMissedKeys(writes);
      const size = Number(await client.call('DBSIZE'));
      if (size > KEYSPACE_SIZE || size < KEYSPACE_SIZE - mostMissed) {
        throw new Error(`${name} holds ${size} keys after ${writes} writes to ${KEYSPACE_SIZE} keys`);
      }
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
