import { execFile } from 'node:child_process';
import { endWithThisProcess } from '../servers/running-server';
import { type BenchmarkReport, parseBenchmarkReport } from './benchmark-report';

/** What redis-benchmark is asked to do in one run. */
export interface Load {
  /** A test that its -t takes, or the words of a command. */
  readonly what: { readonly test: string } | { readonly command: string };
  /** Requests in flight per connection. */
  readonly pipeline: number;
  readonly connections: number;
  readonly valueBytes: number;
  /** How many different keys it draws from. */
  readonly keyspace: number;
  readonly requests: number;
}

/** More output than any report has. */
const MOST_OUTPUT_BYTES = 64 * 2 ** 20;

/** How the program is called: all that stands on its command line behind its name. */
export function benchmarkArguments(host: string, port: number, load: Load): string[] {
  const numbers = {
    '-p': port,
    '-n': load.requests,
    '-r': load.keyspace,
    '-c': load.connections,
    '-P': load.pipeline,
    '-d': load.valueBytes,
    '--precision': 3,
  };
  const flags = Object.entries(numbers).flatMap(([flag, value]) => [flag, String(value)]);
  const what =
    'test' in load.what
      ? ['-t', load.what.test]
      : load.what.command.replace('__value__', 'x'.repeat(load.valueBytes)).split(' ');
  return ['-h', host, ...flags, ...what];
}

/**
 * Runs one load to its end. It ends with this process, and when time is up. Rejects when it fails, takes longer, or meets an
 * error reply; redis-benchmark itself waits forever for a server that has gone.
 */
export function runLoad(host: string, port: number, load: Load, limitMs: number): Promise<BenchmarkReport> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: MOST_OUTPUT_BYTES } as const;
    const child = execFile('redis-benchmark', benchmarkArguments(host, port, load), limits, (error, stdout, stderr) => {
      if (error?.killed) return reject(new Error(`hangs: a run is not done after ${limitMs / 1000} s`));
      // The first line of its usage is enough; a server without an option that it would like to show is no error.
      const complaint = stderr.replace(/^WARNING: .*$/gm, '').trim();
      if (complaint !== '' || error !== null) {
        return reject(new Error(complaint.split('\n')[0] || `redis-benchmark: ${error?.message}`));
      }
      try {
        resolve(parseBenchmarkReport(stdout));
      } catch (mismatch) {
        reject(mismatch);
      }
    });
    endWithThisProcess(child);
  });
}
