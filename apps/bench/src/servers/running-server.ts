import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { isAbsolute, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '../load/client';
import { builtFile, repositoryRoot } from '../places';
import { InfoText } from './info-text';
import type { InstalledSubject, Subject, Target } from './subject';

/** A server that has not answered so long after its start will not. */
const START_LIMIT_MS = 10_000;
const ASK_AGAIN_MS = 2;
const PONG_LIMIT_MS = 2000;
/** The end of what a server has printed, for the error that tells of its death. */
const KEPT_OUTPUT = 2000;
/** How long our daemon may take to say how late its timers were; it is asked when no load is on it. */
const DELAY_ANSWER_LIMIT_MS = 2000;

/** Under which conditions a server takes part. */
export interface StartConditions {
  /** Options of redis.conf for a program that is started. */
  readonly config: Readonly<Record<string, string>>;
  /** Whether the delays of our daemon's event loop are recorded, which takes a timer a millisecond. */
  readonly recordsLoopDelay: boolean;
  /** How long it may think about a question. */
  readonly answerLimitMs: number;
  /** Whether a target may hold keys, which measuring deletes. */
  readonly mayEmptyTargets: boolean;
}

/** A compared server while it runs: on a port of its own, or somebody else's. */
export class RunningServer {
  private output = '';
  /** From the start of the program to its first PONG, in milliseconds; null for a target. */
  startMs: number | null = null;

  private constructor(
    readonly name: string,
    readonly host: string,
    readonly port: number,
    /** How it was started, for the records; the address for a target. */
    readonly command: string,
    private readonly child: ChildProcess | null,
    private readonly isRecorded: boolean,
    private readonly answerLimitMs: number,
  ) {
    const keep = (text: string): void => {
      this.output = (this.output + text).slice(-KEPT_OUTPUT);
    };
    child?.stdout?.setEncoding('utf8').on('data', keep);
    child?.stderr?.setEncoding('utf8').on('data', keep);
    child?.on('error', (error) => keep(error.message));
  }

  /**
   * Starts a program, or connects to a target, and waits for its first PONG. Rejects, with what it printed, when it has not come
   * in ten seconds. A target that holds keys is refused, because measuring empties it, unless the conditions allow it.
   */
  static async start(subject: Subject, conditions: StartConditions): Promise<RunningServer> {
    if ('host' in subject) return RunningServer.reach(subject, conditions);
    const port = await freePort();
    const startedMs = performance.now();
    const server = RunningServer.spawn(subject, port, conditions);
    while (performance.now() < startedMs + START_LIMIT_MS && server.isAlive) {
      if (await server.answers()) {
        server.startMs = performance.now() - startedMs;
        return server;
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
    const why = server.isAlive ? `does not answer on port ${port}` : server.causeOfDeath();
    await server.stop();
    throw new Error(`${subject.name} ${why}${server.lastWords()}`);
  }

  private static spawn(
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
    return new RunningServer(
      subject.name,
      '127.0.0.1',
      port,
      commandLineOf([subject.program, ...args]),
      endWithThisProcess(child),
      isRecorded,
      answerLimitMs,
    );
  }

  private static async reach({ name, host, port }: Target, conditions: StartConditions): Promise<RunningServer> {
    const server = new RunningServer(name, host, port, `${host}:${port}`, null, false, conditions.answerLimitMs);
    if (!(await server.answers())) throw new Error(`${name} does not answer on ${host}:${port}`);
    const keys = Number(await server.ask('DBSIZE'));
    if (keys > 0 && !conditions.mayEmptyTargets) {
      throw new Error(`${name} holds ${keys} keys, which measuring would delete; --flush-targets allows it`);
    }
    return server;
  }

  /** The process, if it is one of this machine: what /proc says belongs to it. */
  async findPid(): Promise<number | null> {
    if (this.child !== null) return this.child.pid ?? null;
    if (!['127.0.0.1', '::1', 'localhost'].includes(this.host)) return null;
    const pid = Number((await this.info('server')).field('process_id'));
    return existsSync(`/proc/${pid}`) ? pid : null;
  }

  /** Whether the program has not ended; a target is taken to live until it does not answer. */
  get isAlive(): boolean {
    return this.child === null || (this.child.pid !== undefined && !hasEnded(this.child));
  }

  /** How a program that has ended did so, as the second half of a sentence. */
  causeOfDeath(): string {
    const { exitCode, signalCode } = this.child ?? {};
    if (signalCode != null) return `was ended by ${signalCode}`;
    return exitCode == null ? 'could not be started' : `has ended with exit code ${exitCode}`;
  }

  /** What it printed last, in lines of its own; empty when it printed nothing. */
  lastWords(): string {
    return this.output === '' ? '' : `:\n${this.output.trimEnd()}`;
  }

  /** A connection of its own to ask questions over; the caller closes it. */
  connect(): Promise<Client> {
    return Client.open(this.port, this.host, this.answerLimitMs);
  }

  /** Asks one question over a connection of its own. */
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

  /** The longest delay of a timer in our daemon since this was last asked, in milliseconds; null where it is not recorded. */
  longestLoopDelay(): Promise<{ loopDelayMs: number } | null> {
    const { child } = this;
    if (!this.isRecorded || child === null || !child.connected) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const silent = (): void => reject(new Error(`${this.name} does not turn its event loop`));
      const timer = setTimeout(silent, DELAY_ANSWER_LIMIT_MS);
      child.once('message', (delayMs) => {
        clearTimeout(timer);
        resolve({ loopDelayMs: Number(delayMs) });
      });
      child.send('longest');
    });
  }

  /** Ends a program that was started and waits until it is gone; leaves a target alone. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child === null || child.pid === undefined || hasEnded(child)) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  private async answers(): Promise<boolean> {
    try {
      const client = await Client.open(this.port, this.host, PONG_LIMIT_MS);
      const reply = await client.call('PING').finally(() => client.close());
      return reply === 'PONG';
    } catch {
      return false;
    }
  }
}

const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** However this process ends, short of SIGKILL, the child ends with it. */
export function endWithThisProcess(child: ChildProcess): ChildProcess {
  living.add(child);
  return child.once('exit', () => living.delete(child));
}

/** A command line for the records: without the paths of this machine. */
function commandLineOf(words: readonly string[]): string {
  return words
    .map((word) => (word === process.execPath ? 'node' : isAbsolute(word) ? relative(repositoryRoot, word) : word))
    .map((word) => (word === '' ? "''" : word))
    .join(' ');
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });
}
