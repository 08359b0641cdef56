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
    if (!this.#tracksLatency) return;
    command.latency ??= new LatencyHistogram();
    command.latency.record((microseconds * 1000) / calls, calls);
  }
}
