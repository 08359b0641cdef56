import type { InfoText } from '../servers/info-text';
import type { RunningServer } from '../servers/running-server';

/** The counters of a server, by INFO. */
export class ServerCounters {
  readonly #command: string;
  readonly #calls: number;
  readonly #statistics: InfoText;

  private constructor(command: string, calls: number, statistics: InfoText) {
    this.#command = command;
    this.#calls = calls;
    this.#statistics = statistics;
  }

  /** @param command the command whose calls are counted, in lower case. */
  static async read(server: RunningServer, command: string): Promise<ServerCounters> {
    const calls = (await server.info('commandstats')).successfulCalls(command);
    return new ServerCounters(command, calls, await server.info('stats'));
  }

  /**
   * Checks that the requests were really executed. Counting keys would not show it: redis-benchmark seeds its random keys by time and
   * process id, so two runs may write the same keys.
   *
   * @param earlier the counters before the requests.
   * @param fields of INFO stats that the requests raise.
   * @throws Error when fewer than `requests` calls have succeeded, one has failed, or a field has not risen.
   */
  requireWorkSince(earlier: ServerCounters, requests: number, fields: readonly string[]): void {
    const done = this.#calls - earlier.#calls;
    const errors = this.#riseSince(earlier, 'total_error_replies');
    if (errors > 0) throw new Error(`has answered ${errors} times with an error`);
    if (!(done >= requests)) throw new Error(`has done ${done} of ${requests} times ${this.#command.toUpperCase()}`);
    const unchanged = fields.find((field) => !(this.#riseSince(earlier, field) > 0));
    if (unchanged !== undefined) throw new Error(`has not raised ${unchanged} in ${requests} requests`);
  }

  /** Bytes of replies since an earlier reading. */
  replyBytesSince(earlier: ServerCounters): number {
    return this.#riseSince(earlier, 'total_net_output_bytes');
  }

  #riseSince(earlier: ServerCounters, field: string): number {
    return this.#statistics.number(field) - earlier.#statistics.number(field);
  }
}
