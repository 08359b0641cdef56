import { ServerGroup } from '../measure/server-group';
import type { Figures } from '../results/figures';
import { describeMachine } from '../results/machine';
import type { Measurement, Result } from '../results/result';
import { resultPath, writeResult } from '../results/result-file';
import type { RunningServer } from '../servers/running-server';
import { chooseSubjects, ourSubjects, realSubjects } from '../servers/subject';

/** How long a server may take to answer a question. */
const ANSWER_LIMIT_MS = 60_000;

/** What a result says about its program. */
type About = Pick<Result, 'name' | 'title' | 'description' | 'command'>;

/** The servers that a program of this folder measures, and its result, which has the same form as that of a scenario. */
export class ServerRun {
  readonly #group: ServerGroup;
  readonly #result: Result;
  readonly #path: string;

  /**
   * Starts servers. They are killed when this process ends.
   *
   * @param names as `nanoredis-bench run --servers` takes them.
   * @param config options of redis.conf for all servers.
   * @param path where the result is written; bench/results/DATE-NAME.json when undefined.
   * @throws Error (rejects) when a server does not start.
   */
  static async start(
    names: readonly string[],
    config: Readonly<Record<string, string>>,
    about: About,
    path: string | undefined,
  ): Promise<ServerRun> {
    const run = new ServerRun(config, about, path);
    for (const subject of chooseSubjects([...realSubjects(), ...ourSubjects()], names)) {
      if ((await run.#group.start(subject)) === null) throw new Error(`${subject.name} does not start`);
    }
    return run;
  }

  private constructor(config: Readonly<Record<string, string>>, about: About, path: string | undefined) {
    this.#group = new ServerGroup(console.error, {
      config,
      answerLimitMs: ANSWER_LIMIT_MS,
      recordsLoopDelay: true,
      mayEmptyTargets: false,
    });
    const startedAt = new Date().toISOString();
    this.#result = {
      format: 1,
      ...about,
      startedAt,
      finishedAt: startedAt,
      machine: describeMachine(),
      reference: 'redis-server',
      servers: this.#group.descriptions,
      measurements: [],
      failures: [],
    };
    this.#path = path ?? resultPath(this.#result);
  }

  get servers(): readonly RunningServer[] {
    return this.#group.servers;
  }

  /** Adds the figures of a server in one case, an element a round, and writes the result so far. */
  add(server: string, dimensions: Measurement['case'], runs: readonly Figures[]): void {
    const { measurements, command } = this.#result;
    measurements.push({ server, case: dimensions, command, runs: [...runs] });
    this.#result.finishedAt = new Date().toISOString();
    writeResult(this.#path, this.#result);
  }

  /** Ends the servers. */
  close(): Promise<void> {
    return this.#group.close();
  }
}
