import { performance } from 'node:perf_hooks';
import type { Keyspace } from '../keyspace/keyspace';
import type { BackgroundWork } from './background-work';
import type { Batch } from './batch';
import type { Clock } from './clock';
import { type Log, logFailure } from './log';
import type { Statistics } from './statistics';
import type { Traffic } from './traffic';

/** What the periodic work calls and reads. */
export interface ServerCronParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly keyspace: Pick<Keyspace, 'setTime' | 'nowMs' | 'nextDeadlineMs' | 'arena'>;
  readonly batch: Batch;
  readonly background: Pick<BackgroundWork, 'run' | 'isUnfinished'>;
  readonly statistics: Statistics;
  readonly traffic: Traffic;
  /** Number of commands executed so far. */
  readonly countCommands: () => number;
  /** Parts of the server with periodic work of their own, in order. */
  readonly tasks: readonly { cron(): void }[];
}

/** What a server does some ten times a second: samples of its statistics, time limits of clients, background work. */
export class ServerCron {
  /** DEBUG PAUSE-CRON. */
  isPaused = false;
  readonly #parts: ServerCronParts;

  constructor(parts: ServerCronParts) {
    this.#parts = parts;
  }

  /**
   * Runs once; a failure is logged. Returns the number of milliseconds for which nothing is due unless a batch begins; 0 while there is work.
   * O(clients + commands that exist), and one slice of background work.
   */
  run(): number {
    if (this.isPaused) return 0;
    try {
      return this.#run();
    } catch (error) {
      logFailure(this.#parts.log, 'background work failed', error);
      return 0;
    }
  }

  #run(): number {
    const { clock, keyspace, batch, background, tasks } = this.#parts;
    keyspace.setTime(clock.nowMs());
    this.#sample();
    for (const task of tasks) task.cron();
    background.run();
    const isIdle = !batch.takeActivity() && !background.isUnfinished;
    if (!isIdle) return 0;
    batch.fallAsleep();
    return Math.max(0, keyspace.nextDeadlineMs() - keyspace.nowMs);
  }

  #sample(): void {
    const { statistics, keyspace, traffic, countCommands } = this.#parts;
    statistics.peakMemory = Math.max(statistics.peakMemory, keyspace.arena.used);
    // Rates follow the machine's time, whatever a test does to the server's clock.
    const nowMs = performance.now();
    statistics.commandsRate.sample(countCommands(), nowMs);
    statistics.inputRate.sample(traffic.inputBytes, nowMs);
    statistics.outputRate.sample(traffic.outputBytes, nowMs);
  }
}
