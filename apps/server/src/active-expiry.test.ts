import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createInstance } from '../test/harness/instance-fixture';
import type { Instance } from './instance';
import { ManualClock } from './runtime/clock';

const KEYS = 100_000;

function instanceWithExpiringKeys(clock: ManualClock): Instance {
  const instance = createInstance(clock);
  const database = instance.keyspace.databases[0]!;
  for (let i = 0; i < KEYS; i++) {
    const key = Buffer.from(`key:${i}`);
    database.setDeadline(database.strings.set(key, 0, key.length, key, 0, key.length), clock.nowMs() + 1000);
  }
  return instance;
}

describe('active expiry', () => {
  it('removes keys that expire at the same time in slices, and lets the loop run between them', async () => {
    const clock = new ManualClock();
    const instance = instanceWithExpiringKeys(clock);
    const database = instance.keyspace.databases[0]!;
    clock.advance(999);
    instance.cron();
    expect(database.size).toBe(KEYS);
    clock.advance(1);
    instance.cron();
    let iterations = 0;
    while (database.size > 0) {
      await nextTurn();
      iterations++;
    }
    expect(iterations).toBeGreaterThan(3);
    expect(instance.statistics.expireTimeCapReached).toBeGreaterThan(3);
    expect(instance.keyspace.expired).toBe(KEYS);
  });

  it('does nothing while it is disabled, and continues when it is enabled', async () => {
    const clock = new ManualClock();
    const instance = instanceWithExpiringKeys(clock);
    const database = instance.keyspace.databases[0]!;
    instance.expiresActively = false;
    clock.advance(1000);
    instance.cron();
    await nextTurn();
    expect(database.size).toBe(KEYS);
    instance.expiresActively = true;
    instance.cron();
    while (database.size > 0) await nextTurn();
  });

  it('stops with the instance', async () => {
    const clock = new ManualClock();
    const instance = instanceWithExpiringKeys(clock);
    const database = instance.keyspace.databases[0]!;
    clock.advance(1000);
    instance.cron();
    instance.stop();
    const left = database.size;
    await nextTurn();
    await nextTurn();
    expect(database.size).toBe(left);
    expect(left).toBeGreaterThan(0);
  });
});
