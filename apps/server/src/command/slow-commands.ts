import type { Configuration } from '../config/configuration';
import type { Arguments } from '../request/arguments';
import type { Clock } from '../runtime/clock';
import { LatencyMonitor } from '../runtime/latency-monitor';
import { SlowLog } from '../runtime/slow-log';
import type { Session } from '../session/session';
import type { Command } from './command';

/** Commands are timed one by one if the configuration asks for commands faster than this. */
const EXACT_TIMING_BELOW_MICROSECONDS = 1000;

/** Limits of what the slow log keeps of a request: those of redis-server. */
const MAX_LOGGED_ARGUMENTS = 32;
const MAX_LOGGED_BYTES = 128;

/** Finds commands that took long, for the slow log and the latency monitor. */
export class SlowCommands {
  readonly slowLog = new SlowLog();
  readonly latency = new LatencyMonitor();
  /** Whether every command is timed by itself, because commands below a millisecond may count as slow. */
  timesExactly = false;
  readonly #config: Configuration;
  readonly #clock: Clock;

  constructor(config: Configuration, clock: Clock) {
    this.#config = config;
    this.#clock = clock;
    config.follow(['slowlog-log-slower-than', 'latency-monitor-threshold'], (values) => {
      const slow = values['slowlog-log-slower-than'];
      const spike = values['latency-monitor-threshold'] * 1000;
      this.timesExactly =
        (slow >= 0 && slow < EXACT_TIMING_BELOW_MICROSECONDS) || (spike > 0 && spike < EXACT_TIMING_BELOW_MICROSECONDS);
    });
  }

  /** A command that was timed by itself took `microseconds`. O(1), O(arguments) for a slow one. */
  took(session: Session, command: Command, args: Arguments, microseconds: number): void {
    this.#log(session, command, args, microseconds);
    this.#noteLatency(command.has('fast') ? 'fast-command' : 'command', microseconds);
  }

  /**
   * A command that had blocked its client was served: it took `microseconds` without the wait, and serving it `servedMicroseconds` of
   * them. O(1), O(arguments) for a slow one.
   */
  served(session: Session, command: Command, args: Arguments, microseconds: number, servedMicroseconds: number): void {
    this.#log(session, command, args, microseconds);
    this.#noteLatency('command-unblocking', servedMicroseconds);
  }

  #log(session: Session, command: Command, args: Arguments, microseconds: number): void {
    const config = this.#config;
    const threshold = config.values['slowlog-log-slower-than'];
    if (threshold < 0 || microseconds < threshold || command.has('skip_slowlog')) return;
    this.slowLog.add(
      {
        timeSeconds: Math.floor(this.#clock.nowMs() / 1000),
        microseconds: Math.floor(microseconds),
        args: shortened(args, command.findSecrets(args, config)),
        clientAddress: session.transport?.remoteAddress ?? '',
        clientName: session.name,
      },
      config.values['slowlog-max-len'],
    );
  }

  #noteLatency(event: string, microseconds: number): void {
    const spike = this.#config.values['latency-monitor-threshold'];
    if (spike === 0 || microseconds < spike * 1000) return;
    this.latency.add(event, Math.floor(microseconds / 1000), this.#clock.nowMs());
  }
}

/** Arguments as the slow log keeps them: without `secrets`, at most 32, each at most 128 bytes, with a note of what was cut. */
function shortened(args: Arguments, secrets: readonly number[]): Buffer[] {
  const count = Math.min(args.count, MAX_LOGGED_ARGUMENTS);
  const kept: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    if (args.count > count && i === count - 1) {
      kept.push(Buffer.from(`... (${args.count - count + 1} more arguments)`));
    } else if (secrets.includes(i)) {
      kept.push(Buffer.from('(redacted)'));
    } else if (args.length(i) > MAX_LOGGED_BYTES) {
      const start = args.start(i);
      const rest = `... (${args.length(i) - MAX_LOGGED_BYTES} more bytes)`;
      kept.push(Buffer.concat([args.bytes.subarray(start, start + MAX_LOGGED_BYTES), Buffer.from(rest)]));
    } else {
      kept.push(args.copyArgument(i));
    }
  }
  return kept;
}
