import {
  Cast,
  chooseSubjects,
  describeMachine,
  ourSubjects,
  realSubjects,
  resultPath,
  writeResult,
} from '../apps/bench/dist/index.js';

/** How long a server may think about a question. */
const ANSWER_LIMIT_MS = 60_000;

/**
 * Servers that a program here measures, and the result that comes of it, in the form of every run. The servers end with this process,
 * whatever ends it.
 */
export class ServerRun {
  #cast;
  #result;
  #path;

  /**
   * Starts servers by the names that `nanoredis-bench run --servers` takes, each with the options of redis.conf.
   *
   * @param about `name`, `title`, `description`, `command` and `reference` of the result.
   * @param path where the result goes; bench/results/DATE-NAME.json if left out.
   */
  static async start(names, config, about, path) {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
    const run = new ServerRun(config, about, path);
    for (const subject of chooseSubjects([...realSubjects(), ...ourSubjects()], names)) {
      if ((await run.#cast.join(subject)) === null) throw new Error(`${subject.name} does not start`);
    }
    return run;
  }

  constructor(config, about, path) {
    this.#cast = new Cast(console.error, {
      config,
      answerLimitMs: ANSWER_LIMIT_MS,
      recordsLoopDelay: true,
      mayEmptyTargets: false,
    });
    const startedAt = new Date().toISOString();
    this.#result = { format: 1, ...about, startedAt, finishedAt: startedAt, machine: describeMachine() };
    this.#result = { ...this.#result, servers: this.#cast.descriptions, measurements: [], failures: [] };
    this.#path = path ?? resultPath(this.#result);
  }

  get servers() {
    return this.#cast.servers;
  }

  /** Adds what was measured of one server under one case, its figures by rounds, and writes what there is. */
  add(server, dimensions, runs) {
    const { measurements, command } = this.#result;
    measurements.push({ server, case: dimensions, command, runs });
    this.#result.finishedAt = new Date().toISOString();
    writeResult(this.#path, this.#result);
  }

  /** Ends the servers. */
  close() {
    return this.#cast.close();
  }
}
