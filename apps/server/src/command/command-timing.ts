import { performance } from 'node:perf_hooks';
import type { Command } from './command';

/** Most commands that share one reading of the clock. */
const LONGEST_RUN = 64;

/** Receives how long `calls` calls of a command took together. */
export type TimingSink = (command: Command, calls: number, microseconds: number) => void;

/**
 * Measures how long commands take. A reading of the clock costs 80 ns, a GET 200 ns; so consecutive calls of the same
 * constant-time command within a batch share one reading: their number and their total time stay exact, and no single
 * one of them could have been slow. Every other command is timed by itself, from the reading that its neighbour ended with.
 */
export class CommandTiming {
  readonly #sink: TimingSink;
  #command: Command | null = null;
  #calls = 0;
  #startedAtMs = 0;
  /** The last reading, as long as what comes next begins where that was taken; else -1. */
  #neighbourEndedAtMs = -1;

  constructor(sink: TimingSink) {
    this.#sink = sink;
  }

  /** A constant-time command is about to run. O(1), reads the clock only where a run begins or ends. */
  enter(command: Command): void {
    if (this.#command === command && this.#calls < LONGEST_RUN) {
      this.#calls++;
      return;
    }
    this.#startedAtMs = this.begin();
    this.#command = command;
    this.#calls = 1;
  }

  /** A command that is timed by itself is about to run: ends the current run, and answers the time in ms. O(1), at most one reading. */
  begin(): number {
    this.close();
    if (this.#neighbourEndedAtMs < 0) this.#neighbourEndedAtMs = performance.now();
    return this.#neighbourEndedAtMs;
  }

  /** A command that is timed by itself has run: ends a run inside of it (EXEC), and answers the time in ms. O(1). */
  end(): number {
    this.close();
    this.#neighbourEndedAtMs = performance.now();
    return this.#neighbourEndedAtMs;
  }

  /** Ends the current run, if there is one, and reports it. */
  close(): void {
    const command = this.#command;
    if (command === null) return;
    const nowMs = performance.now();
    this.#command = null;
    this.#neighbourEndedAtMs = nowMs;
    this.#sink(command, this.#calls, (nowMs - this.#startedAtMs) * 1000);
  }

  /** Something else than commands took time: the next one that is timed by itself does not begin where the last one ended. */
  separate(): void {
    this.#neighbourEndedAtMs = -1;
  }
}
