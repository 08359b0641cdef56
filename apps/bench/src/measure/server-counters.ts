import type { InfoText } from '../servers/info-text';
import type { RunningServer } from '../servers/running-server';

/** What a server itself says that it has done, by INFO. */
export class ServerCounters {
  private constructor(
    private readonly command: string,
    private readonly calls: number,
    private readonly statistics: InfoText,
  ) {}

  /** @param command whose calls are counted, in lower case. */
  static async read(server: RunningServer, command: string): Promise<ServerCounters> {
    const calls = (await server.info('commandstats')).successfulCalls(command);
    return new ServerCounters(command, calls, await server.info('stats'));
  }

  /**
   * Throws when fewer than `requests` calls have succeeded since an earlier reading, or one has failed, or a field has not risen: a
   * benchmark of errors is none. redis-benchmark seeds its choice of keys by time and process, and two runs may choose alike:
   * the number of keys cannot tell whether writes are missing, the number of calls that did not fail can.
   *
   * @param fields of INFO stats that the work raises.
   */
  requireWorkSince(earlier: ServerCounters, requests: number, fields: readonly string[]): void {
    const done = this.calls - earlier.calls;
    const errors = this.riseSince(earlier, 'total_error_replies');
    if (errors > 0) throw new Error(`has answered ${errors} times with an error`);
    if (!(done >= requests)) throw new Error(`has done ${done} of ${requests} times ${this.command.toUpperCase()}`);
    const still = fields.find((field) => !(this.riseSince(earlier, field) > 0));
    if (still !== undefined) throw new Error(`has not raised ${still} in ${requests} requests`);
  }

  /** Bytes of replies since an earlier reading. */
  replyBytesSince(earlier: ServerCounters): number {
    return this.riseSince(earlier, 'total_net_output_bytes');
  }

  private riseSince(earlier: ServerCounters, field: string): number {
    return this.statistics.number(field) - earlier.statistics.number(field);
  }
}
