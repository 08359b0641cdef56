import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RawClient } from './raw-client';
import { freePort } from './real-server';

/** The built program; NANOREDIS_DAEMON names another one. */
const program = process.env.NANOREDIS_DAEMON ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Why tests of the daemon are left out; null where it was built. */
export const DAEMON_MISSING: string | null = existsSync(program)
  ? null
  : 'the daemon was not built: run the build first';

/** The backends that a test may ask for; a machine need not have them all. */
export const backends = ['libuv', 'epoll', 'io_uring'] as const;

/** How a run of the program ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A run of the program. Whoever started it stops it. */
export interface Daemon {
  readonly port: number;
  readonly socketPath: string;
  readonly process: ChildProcess;
  /** Resolves when the program is gone. */
  readonly ended: Promise<Ended>;
  /** Ends it with SIGTERM and waits. */
  stop(): Promise<Ended>;
}

// A shell of its own: when this process is killed, its `read` ends with our end of the pipe, and it kills the daemon.
function guard(pid: number): ChildProcess {
  return spawn('sh', ['-c', 'read -r line; kill -9 "$1"', 'sh', String(pid)], { stdio: ['pipe', 'ignore', 'ignore'] });
}

/**
 * Runs the program with these arguments and collects what it says.
 * @param openFiles `ulimit -n` of the program; left out, that of this process.
 */
export function runDaemon(
  argv: readonly string[],
  openFiles?: number,
): { process: ChildProcess; ended: Promise<Ended> } {
  const command = [process.execPath, program, ...argv];
  const limited =
    openFiles === undefined ? command : ['sh', '-c', `ulimit -n ${openFiles}; exec "$@"`, 'sh', ...command];
  const child = spawn(limited[0]!, limited.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
  const guardian = child.pid === undefined ? null : guard(child.pid);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      guardian?.kill('SIGKILL');
      resolve({ code, signal, ...said });
    });
  });
  return { process: child, ended };
}

/** Starts a daemon on a free port and a unix socket and resolves once it answers PING; null when it ended instead. */
export async function startDaemon(argv: readonly string[] = [], openFiles?: number): Promise<Daemon | null> {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'nanoredis-daemon-'));
  const socketPath = join(directory, 'redis.sock');
  const run = runDaemon(['--port', String(port), '--unixsocket', socketPath, '--dir', directory, ...argv], openFiles);
  void run.ended.then(() => rmSync(directory, { recursive: true, force: true }));
  const stop = (): Promise<Ended> => {
    run.process.kill('SIGTERM');
    return run.ended;
  };
  for (let attempt = 0; attempt < 400 && run.process.exitCode === null; attempt++) {
    try {
      const client = await RawClient.open({ host: '127.0.0.1', port });
      const reply = await client.call('PING');
      client.close();
      if (reply.toString() === '+PONG\r\n') return { port, socketPath, process: run.process, ended: run.ended, stop };
    } catch {
      // Refused: it is not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  run.process.kill('SIGKILL');
  return null;
}
