import type { RunningServer } from '../servers/running-server';

/** What a server itself says that it has done, by INFO. */
export class ServerCounters {
  private constructor(
    private readonly command: string,
    private readonly calls: number,
    private readonly errors: number,
    private readonly outputBytes: number,
  ) {}

  /** @param command whose calls are counted, in lower case. */
  static async read(server: RunningServer, command: string): Promise<ServerCounters> {
    const calls = (await server.info('commandstats')).successfulCalls(command);
    const statistics = await server.info('stats');
    const errors = statistics.number('total_error_replies');
    return new ServerCounters(command, calls, errors, statistics.number('total_net_output_bytes'));
  }

  /**
   * The bytes of replies since an earlier reading. Throws when fewer than `requests` calls have succeeded since, or one has failed: a
   * benchmark of errors is none. redis-benchmark seeds its choice of keys by time and process, and two runs may choose alike:
   * the number of keys cannot tell whether writes are missing, the number of calls that did not fail can.
   */
  requireWorkSince(earlier: ServerCounters, requests: number): { replyBytes: number } {
    const done = this.calls - earlier.calls;
    const errors = this.errors - earlier.errors;
    if (errors > 0) throw new Error(`has answered ${errors} times with an error`);
    if (!(done >= requests)) throw new Error(`has done ${done} of ${requests} times ${this.command.toUpperCase()}`);
    return { replyBytes: this.outputBytes - earlier.outputBytes };
  }
}
