import type { Configuration } from '../config/configuration';
import { LatencyHistogram } from '../runtime/latency-histogram';
import type { Command } from './command';

/** Counts calls of commands and their times, for INFO commandstats and latencystats. */
export class CommandStatistics {
  /** latency-tracking: keeps a histogram of each command's times. */
  #tracksLatency = true;

  constructor(config: Configuration) {
    config.follow(['latency-tracking'], (values) => {
      this.#tracksLatency = values['latency-tracking'];
    });
  }

  /** Records that `calls` calls of a command took `microseconds` together. O(1). */
  record(command: Command, calls: number, microseconds: number): void {
    command.calls += calls;
    command.microseconds += microseconds;
    this.#recordLatency(command, calls, microseconds / calls);
  }

  /** Records a call that has taken `microseconds` until it blocked its client. O(1). */
  recordBlocked(command: Command, microseconds: number): void {
    command.calls++;
    command.microseconds += microseconds;
  }

  /** Records that serving a call took `microseconds`, and the call `total` with the time before its wait. O(1). */
  recordServed(command: Command, microseconds: number, total: number): void {
    command.microseconds += microseconds;
    this.#recordLatency(command, 1, total);
  }

  #recordLatency(command: Command, calls: number, microseconds: number): void {
    if (!this.#tracksLatency) return;
    command.latency ??= new LatencyHistogram();
    command.latency.record(microseconds * 1000, calls);
  }
}
