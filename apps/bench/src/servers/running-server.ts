import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { isAbsolute, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtFile, repositoryRoot } from '../places';
import { Client } from './client';
import { endWithThisProcess } from './end-with-this-process';
import { InfoText } from './info-text';
import type { InstalledSubject, Subject, Target } from './subject';

/** A server that has not answered so long after its start counts as failed. */
const START_LIMIT_MS = 10_000;
const ASK_AGAIN_MS = 2;
const PONG_LIMIT_MS = 2000;
/** The last characters of a server's output that are kept, for the error message when it dies. */
const MAX_KEPT_OUTPUT = 2000;
/** How long our daemon may take to report its timer delays. It is asked when it has no load. */
const DELAY_ANSWER_LIMIT_MS = 2000;

/** The conditions under which a server takes part. */
export interface StartConditions {
  /** Options of redis.conf for a program that is started. */
  readonly config: Readonly<Record<string, string>>;
  /** Whether the delays of our daemon's event loop are recorded, which costs a timer every millisecond. */
  readonly recordsLoopDelay: boolean;
  /** How long it may take for a reply. */
  readonly answerLimitMs: number;
  /** Whether a target may hold keys, which measuring deletes. */
  readonly mayEmptyTargets: boolean;
}

/** What a RunningServer is made from. */
interface Identity {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly command: string;
  readonly child: ChildProcess | null;
  readonly isRecorded: boolean;
  readonly answerLimitMs: number;
}

/** A compared server while it runs: one that was started here on a free port, or a target. */
export class RunningServer {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** How it was started, for the records; the address for a target. */
  readonly command: string;
  /** From the start of the program to its first PONG, in milliseconds; null for a target. */
  startMs: number | null = null;
  readonly #child: ChildProcess | null;
  readonly #isRecorded: boolean;
  readonly #answerLimitMs: number;
  #output = '';

  private constructor({ name, host, port, command, child, isRecorded, answerLimitMs }: Identity) {
    this.name = name;
    this.host = host;
    this.port = port;
    this.command = command;
    this.#child = child;
    this.#isRecorded = isRecorded;
    this.#answerLimitMs = answerLimitMs;
    const keep = (text: string): void => {
      this.#output = (this.#output + text).slice(-MAX_KEPT_OUTPUT);
    };
    child?.stdout?.setEncoding('utf8').on('data', keep);
    child?.stderr?.setEncoding('utf8').on('data', keep);
    child?.on('error', (error) => keep(error.message));
  }

  /**
   * Starts a program, or connects to a target, and waits for its first PONG. Rejects with the server's output when that has not come
   * within ten seconds. Rejects for a target that holds keys, because measuring deletes them, unless the conditions allow it.
   */
  static async start(subject: Subject, conditions: StartConditions): Promise<RunningServer> {
    if ('host' in subject) return RunningServer.#reach(subject, conditions);
    const port = await findFreePort();
    const startedMs = performance.now();
    const server = RunningServer.#spawn(subject, port, conditions);
    while (performance.now() < startedMs + START_LIMIT_MS && server.isAlive) {
      if (await server.#answersPing()) {
        server.startMs = performance.now() - startedMs;
        return server;
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
    const why = server.isAlive ? `does not answer on port ${port}` : server.causeOfDeath();
    await server.stop();
    throw new Error(`${subject.name} ${why}${server.lastWords()}`);
  }

  static #spawn(
    subject: InstalledSubject,
    port: number,
    { config, answerLimitMs, recordsLoopDelay }: StartConditions,
  ): RunningServer {
    const options = Object.entries(config).flatMap(([name, value]) => [`--${name}`, value]);
    const args = [...subject.args, ...options, '--port', String(port)];
    const isRecorded = subject.isOurs && recordsLoopDelay;
    const recorder = isRecorded ? ['--import', pathToFileURL(builtFile('loop-delay-recorder.js')).href] : [];
    const child = spawn(subject.program, [...recorder, ...args], {
      stdio: isRecorded ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    });
    return new RunningServer({
      name: subject.name,
      host: '127.0.0.1',
      port,
      command: portableCommandLine([subject.program, ...args]),
      child: endWithThisProcess(child),
      isRecorded,
      answerLimitMs,
    });
  }

  static async #reach({ name, host, port }: Target, conditions: StartConditions): Promise<RunningServer> {
    const { answerLimitMs, mayEmptyTargets } = conditions;
    const command = `${host}:${port}`;
    const server = new RunningServer({ name, host, port, command, child: null, isRecorded: false, answerLimitMs });
    if (!(await server.#answersPing())) throw new Error(`${name} does not answer on ${command}`);
    const keys = Number(await server.ask('DBSIZE'));
    if (keys > 0 && !mayEmptyTargets) {
      throw new Error(`${name} holds ${keys} keys, which measuring would delete; --flush-targets allows it`);
    }
    return server;
  }

  /** The process, if it runs on this machine, so that /proc knows it. */
  async findPid(): Promise<number | null> {
    if (this.#child !== null) return this.#child.pid ?? null;
    if (!['127.0.0.1', '::1', 'localhost'].includes(this.host)) return null;
    const pid = Number((await this.info('server')).field('process_id'));
    return existsSync(`/proc/${pid}`) ? pid : null;
  }

  /** Whether the program has not ended. Always true for a target. */
  get isAlive(): boolean {
    return this.#child === null || (this.#child.pid !== undefined && !hasEnded(this.#child));
  }

  /** How a program has ended, as the second half of a sentence. */
  causeOfDeath(): string {
    const { exitCode, signalCode } = this.#child ?? {};
    if (signalCode != null) return `was ended by ${signalCode}`;
    return exitCode == null ? 'could not be started' : `has ended with exit code ${exitCode}`;
  }

  /** Its last output, after a colon and a line feed; empty when there was none. */
  lastWords(): string {
    return this.#output === '' ? '' : `:\n${this.#output.trimEnd()}`;
  }

  /** A new connection; the caller closes it. */
  connect(): Promise<Client> {
    return Client.open(this.port, this.host, this.#answerLimitMs);
  }

  /** Sends one command over a new connection. */
  async ask(...words: string[]): Promise<unknown> {
    const client = await this.connect();
    try {
      return await client.call(...words);
    } finally {
      client.close();
    }
  }

  /** A section of INFO. */
  async info(section: string): Promise<InfoText> {
    return new InfoText(String(await this.ask('INFO', section)));
  }

  /** The longest delay of a timer in our daemon since the last call, in milliseconds; null where it is not recorded. */
  longestLoopDelay(): Promise<{ loopDelayMs: number } | null> {
    const child = this.#child;
    if (!this.#isRecorded || child === null || !child.connected) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error(`the event loop of ${this.name} does not run`));
      const timer = setTimeout(fail, DELAY_ANSWER_LIMIT_MS);
      child.once('message', (delayMs) => {
        clearTimeout(timer);
        resolve({ loopDelayMs: Number(delayMs) });
      });
      child.send('longest');
    });
  }

  /** Kills a program that was started here and waits for its end; leaves a target alone. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null || child.pid === undefined || hasEnded(child)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async #answersPing(): Promise<boolean> {
    try {
      const client = await Client.open(this.port, this.host, PONG_LIMIT_MS);
      const reply = await client.call('PING').finally(() => client.close());
      return reply === 'PONG';
    } catch {
      return false;
    }
  }
}

/** A command line for the records: without the paths of this machine. */
function portableCommandLine(words: readonly string[]): string {
  return words
    .map((word) => (word === process.execPath ? 'node' : isAbsolute(word) ? relative(repositoryRoot, word) : word))
    .map((word) => (word === '' ? "''" : word))
    .join(' ');
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });
}
