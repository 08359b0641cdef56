import { execFile } from 'node:child_process';

/** What redis-benchmark is asked to do in one run. */
export interface Load {
  readonly test: 'set' | 'get';
  /** Requests in flight per connection. */
  readonly pipeline: number;
  readonly requests: number;
}

/** Connections of every run. */
export const CLIENTS = 50;
/** How many different keys the runs draw from. */
export const KEYSPACE_SIZE = 100_000;

/** The arguments of redis-benchmark for a load against a port of 127.0.0.1. */
export function benchmarkArguments(port: number, { test, pipeline, requests }: Load): string[] {
  const numbers = { '-p': port, '-n': requests, '-r': KEYSPACE_SIZE, '-c': CLIENTS, '-P': pipeline };
  return ['-t', test, ...Object.entries(numbers).flatMap(([flag, value]) => [flag, String(value)]), '--csv'];
}

/** Requests a second from what redis-benchmark prints with --csv. Throws when there is no such line, or an error in it. */
export function parseRequestsPerSecond(output: string, test: Load['test']): number {
  if (/error/i.test(output)) throw new Error(`redis-benchmark met an error:\n${output}`);
  const match = new RegExp(`^"${test.toUpperCase()}","([0-9.]+)"`, 'm').exec(output);
  if (match === null) throw new Error(`redis-benchmark printed no result for ${test}:\n${output}`);
  return Number(match[1]);
}

/** The longest that one run may take, in milliseconds: redis-benchmark waits forever for a server that has gone. */
const RUN_LIMIT_MS = 120_000;

/**
 * Runs one load to its end and returns the requests a second that redis-benchmark saw. It ends with this process, and
 * after two minutes. Rejects when it fails, takes longer, or prints an error.
 */
export function runLoad(port: number, load: Load): Promise<number> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: RUN_LIMIT_MS, killSignal: 'SIGKILL' } as const;
    const child = execFile('redis-benchmark', benchmarkArguments(port, load), limits, (error, stdout, stderr) => {
      process.off('exit', kill);
      if (error !== null) return reject(error);
      try {
        // A server without an option that redis-benchmark would like to show is no error.
        resolve(parseRequestsPerSecond(`${stdout}\n${stderr.replace(/^WARNING: .*$/gm, '')}`, load.test));
      } catch (mismatch) {
        reject(mismatch);
      }
    });
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
  });
}
