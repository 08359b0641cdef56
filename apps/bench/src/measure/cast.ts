import type { Failure, ServerDescription } from '../results/result';
import { RunningServer, type StartConditions } from '../servers/running-server';
import type { Subject } from '../servers/subject';

/**
 * The servers that take part in a run. One that dies, refuses or hangs leaves with a message; the others go on, and what it has
 * reached so far stays.
 */
export class Cast {
  readonly failures: Failure[] = [];
  readonly descriptions: ServerDescription[] = [];
  private readonly running: RunningServer[] = [];

  /**
   * @param say is called with a line for each server that leaves.
   * @param conditions for all of them.
   */
  constructor(
    private readonly say: (line: string) => void,
    private readonly conditions: StartConditions,
  ) {}

  /** The servers that still take part. */
  get servers(): readonly RunningServer[] {
    return this.running;
  }

  /** Starts a server; null when it can't be. */
  async join(subject: Subject): Promise<RunningServer | null> {
    try {
      const server = await RunningServer.start(subject, this.conditions);
      this.running.push(server);
      await this.describe(server);
      return server;
    } catch (error) {
      this.record(subject.name, 'start', error);
      return null;
    }
  }

  /** Does something with a server; when that fails the server leaves and the answer is null. */
  async attempt<T>(server: RunningServer, during: string, action: () => Promise<T>): Promise<T | null> {
    if (!this.running.includes(server)) return null;
    try {
      return await action();
    } catch (error) {
      // Its connections break a moment before the end of the process is known.
      if (server.isAlive) await new Promise((resolve) => setTimeout(resolve, 50));
      this.record(server.name, during, server.isAlive ? error : new Error(server.causeOfDeath() + server.lastWords()));
      await this.leave(server);
      return null;
    }
  }

  /** Ends a server that has done its part. */
  async leave(server: RunningServer): Promise<void> {
    const place = this.running.indexOf(server);
    if (place !== -1) this.running.splice(place, 1);
    await server.stop();
  }

  /** Ends all that are left. */
  async close(): Promise<void> {
    for (const server of [...this.running]) await this.leave(server);
  }

  private record(server: string, during: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.failures.push({ server, during, message });
    this.say(`${server} is out, during ${during}: ${message}`);
  }

  private async describe(server: RunningServer): Promise<void> {
    const info = await server.info('server');
    const redis = info.field('redis_version');
    const own = info.field('nanoredis_version');
    const valkey = info.field('valkey_version');
    const version =
      own !== undefined
        ? `NanoRedis ${own}, ${info.field('multiplexing_api')}`
        : valkey
          ? `Valkey ${valkey}`
          : `Redis ${redis}`;
    if (this.descriptions.some(({ name }) => name === server.name)) return;
    this.descriptions.push({ name: server.name, version, command: server.command });
  }
}
