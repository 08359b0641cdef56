import { setImmediate as nextIteration } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { Configuration } from '../config';
import type { Database } from '../keyspace/database';
import { Keyspace } from '../keyspace/keyspace';
import { BackgroundWork } from './background-work';
import { ManualClock } from './clock';
import { SeededRandom } from './random';
import { Statistics } from './statistics';

const KEYS = 100_000;

describe('BackgroundWork', () => {
  let clock: ManualClock;
  let keyspace: Keyspace;
  let database: Database;
  let statistics: Statistics;
  let evictions: number;
  let isPaused: boolean;
  let logged: string[];
  let memoryLimit: { work(): boolean };
  let work: BackgroundWork;

  beforeEach(() => {
    clock = new ManualClock();
    const random = new SeededRandom(1);
    keyspace = new Keyspace(1, clock.nowMs(), random);
    database = keyspace.databases[0]!;
    statistics = new Statistics();
    evictions = 0;
    isPaused = false;
    logged = [];
    memoryLimit = { work: () => ++evictions > 0 };
    work = new BackgroundWork({
      keyspace,
      memoryLimit,
      memoryRelease: { work: () => true },
      config: new Configuration(),
      clock,
      log: { write: (_level, line) => logged.push(line) },
      statistics,
      isPaused: () => isPaused,
    });
  });

  /** Adds keys that expire in a second, and lets time pass. */
  function addExpiredKeys(): void {
    for (let i = 0; i < KEYS; i++) {
      const key = Buffer.from(`key:${i}`);
      database.setDeadline(database.strings.set(key, 0, key.length, key, 0, key.length), clock.nowMs() + 1000);
    }
    clock.advance(1000);
    keyspace.setTime(clock.nowMs());
  }

  it('removes keys that expire all at once in slices, one in each iteration of the event loop', async () => {
    addExpiredKeys();
    work.run();
    let iterations = 0;
    while (database.size > 0) {
      expect(work.isUnfinished).toBe(true);
      await nextIteration();
      iterations++;
    }
    expect(iterations).toBeGreaterThan(3);
    expect(statistics.expireTimeCapReached).toBeGreaterThan(3);
    expect(keyspace.expired).toBe(KEYS);
  });

  it('leaves expired keys alone while active expiry is off', async () => {
    addExpiredKeys();
    work.expiresActively = false;
    work.run();
    await nextIteration();
    expect(database.size).toBe(KEYS);
    work.expiresActively = true;
    work.run();
    while (database.size > 0) await nextIteration();
  });

  it('does nothing more once it is stopped', async () => {
    addExpiredKeys();
    work.run();
    work.stop();
    const left = database.size;
    await nextIteration();
    await nextIteration();
    expect(database.size).toBe(left);
    expect(left).toBeGreaterThan(0);
  });

  it('evicts, but not while clients are paused', () => {
    isPaused = true;
    work.run();
    expect(evictions).toBe(0);
    isPaused = false;
    work.stop();
    work.run();
    expect(evictions).toBe(1);
  });

  it('logs a failure in a slice that is due, and works on', async () => {
    const { work: evict } = memoryLimit;
    memoryLimit.work = () => {
      throw new TypeError('a fault');
    };
    work.continue();
    await nextIteration();
    expect(logged[0]).toMatch(/^Internal error, background work failed: TypeError: a fault/);
    memoryLimit.work = evict;
    work.continue();
    await nextIteration();
    expect(evictions).toBe(1);
  });

  it('goes on in the next iteration when it is asked to', async () => {
    work.continue();
    work.continue();
    expect(evictions).toBe(0);
    await nextIteration();
    expect(evictions).toBe(1);
  });
});
