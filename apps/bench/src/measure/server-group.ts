import type { Failure, ServerDescription } from '../results/result';
import { RunningServer, type StartConditions } from '../servers/running-server';
import type { Subject } from '../servers/subject';

/** The end of a process is known a moment after its connections break. */
const DEATH_NOTICE_MS = 50;

/**
 * The servers of a run. A server that dies, refuses or hangs is removed and its failure recorded; the others go on, and what was
 * measured of it so far is kept.
 */
export class ServerGroup {
  readonly failures: Failure[] = [];
  readonly descriptions: ServerDescription[] = [];
  readonly #running: RunningServer[] = [];
  readonly #say: (line: string) => void;
  readonly #conditions: StartConditions;

  /**
   * @param say is called with a line for each server that fails.
   * @param conditions for all servers.
   */
  constructor(say: (line: string) => void, conditions: StartConditions) {
    this.#say = say;
    this.#conditions = conditions;
  }

  /** The servers that run. */
  get servers(): readonly RunningServer[] {
    return this.#running;
  }

  /** Starts a server and adds it; null when it does not start. */
  async start(subject: Subject): Promise<RunningServer | null> {
    try {
      const server = await RunningServer.start(subject, this.#conditions);
      this.#running.push(server);
      await this.#describe(server);
      return server;
    } catch (error) {
      this.#recordFailure(subject.name, 'start', error);
      return null;
    }
  }

  /** Runs an action on a server; when it fails the server is stopped and the result is null. */
  async attempt<T>(server: RunningServer, during: string, action: () => Promise<T>): Promise<T | null> {
    if (!this.#running.includes(server)) return null;
    try {
      return await action();
    } catch (error) {
      if (server.isAlive) await new Promise((resolve) => setTimeout(resolve, DEATH_NOTICE_MS));
      const reason = server.isAlive ? error : new Error(server.causeOfDeath() + server.lastWords());
      this.#recordFailure(server.name, during, reason);
      await this.stop(server);
      return null;
    }
  }

  /** Stops a server and removes it. */
  async stop(server: RunningServer): Promise<void> {
    const place = this.#running.indexOf(server);
    if (place !== -1) this.#running.splice(place, 1);
    await server.stop();
  }

  /** Stops all servers. */
  async close(): Promise<void> {
    for (const server of [...this.#running]) await this.stop(server);
  }

  #recordFailure(server: string, during: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.failures.push({ server, during, message });
    this.#say(`${server} is out, during ${during}: ${message}`);
  }

  async #describe(server: RunningServer): Promise<void> {
    if (this.descriptions.some(({ name }) => name === server.name)) return;
    const info = await server.info('server');
    const redis = info.field('redis_version');
    const own = info.field('nanoredis_version');
    const valkey = info.field('valkey_version');
    const version =
      own !== undefined
        ? `NanoRedis ${own}, ${info.field('multiplexing_api')}`
        : valkey !== undefined
          ? `Valkey ${valkey}`
          : `Redis ${redis}`;
    this.descriptions.push({ name: server.name, version, command: server.command });
  }
}
