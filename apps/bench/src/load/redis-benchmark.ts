import { execFile } from 'node:child_process';
import { endWithThisProcess } from '../servers/end-with-this-process';
import { type BenchmarkReport, parseBenchmarkReport } from './benchmark-report';

/** One run of redis-benchmark. */
export interface Load {
  /** A test by the name that -t takes, or the words of a command. */
  readonly what: { readonly test: string } | { readonly command: string };
  /** Requests in flight per connection. */
  readonly pipeline: number;
  readonly connections: number;
  readonly valueBytes: number;
  /** Keys are random out of so many. */
  readonly keyspace: number;
  readonly requests: number;
}

/** Longer than any report. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

/** The arguments of redis-benchmark for a load. */
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
 * Runs one load to its end. It is killed when this process ends and when the time is up: redis-benchmark waits forever for a server that
 * has died. Rejects when it fails, takes longer, or gets an error reply.
 */
export function runLoad(host: string, port: number, load: Load, limitMs: number): Promise<BenchmarkReport> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: MAX_OUTPUT_BYTES } as const;
    const child = execFile('redis-benchmark', benchmarkArguments(host, port, load), limits, (error, stdout, stderr) => {
      if (error?.killed) return reject(new Error(`hangs: a run is not done after ${limitMs / 1000} s`));
      // A warning is no error: it only says that the server has no CONFIG. Of a usage message the first line is enough.
      const errorText = stderr.replace(/^WARNING: .*$/gm, '').trim();
      if (errorText !== '' || error !== null) {
        return reject(new Error(errorText.split('\n')[0] || `redis-benchmark: ${error?.message}`));
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
