import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client } from './client';

/** How to start one of the compared servers. */
export interface Subject {
  readonly name: string;
  readonly program: string;
  /** The arguments without the port. */
  readonly args: readonly string[];
}

/** What every figure is related to: the machine's own server, without persistence. */
export const REDIS: Subject = {
  name: 'redis-server',
  program: 'redis-server',
  args: ['--save', '', '--appendonly', 'no'],
};

/** Our daemon as it is built, on each of its event-loop backends. */
export const OURS: readonly Subject[] = ['io_uring', 'epoll', 'libuv'].map((backend) => ({
  name: `nanoredis ${backend}`,
  program: process.execPath,
  args: [fileURLToPath(new URL('../../server/dist/cli.js', import.meta.url)), '--event-loop', backend],
}));

/** A compared server that runs on a port of its own until it is stopped. */
export class ServerUnderTest {
  private constructor(
    readonly subject: Subject,
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /** Starts the program and waits for its first PONG. Throws, with what it printed, when it has not come in ten seconds. */
  static async start(subject: Subject): Promise<ServerUnderTest> {
    const port = await freePort();
    const child = spawn(subject.program, [...subject.args, '--port', String(port)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)));
    child.on('error', (error) => (output += error.message));
    // However this process ends, its servers end with it.
    process.once('exit', () => child.kill('SIGKILL'));
    const server = new ServerUnderTest(subject, port, child);
    const deadline = performance.now() + 10_000;
    while (performance.now() < deadline && child.exitCode === null && child.pid !== undefined) {
      if (await server.answers()) return server;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGKILL');
    throw new Error(`${subject.name} did not answer on port ${port}:\n${output}`);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Ends the server and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }

  private async answers(): Promise<boolean> {
    try {
      const client = await Client.open(this.port);
      const reply = await client.call('PING');
      client.close();
      return reply === 'PONG';
    } catch {
      return false;
    }
  }
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
