import { execFileSync, type StdioOptions } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { repositoryRoot } from '../places';
import type { Machine } from './result';

/** The machine, its software and the commit that figures are measured with. */
export function describeMachine(): Machine {
  const processors = cpus();
  const redisBenchmark = /[\d.]+/.exec(firstLine('redis-benchmark', ['--version']) ?? '')?.[0];
  const commit = firstLine('git', ['describe', '--always', '--dirty', '--exclude', '*']);
  return {
    processor: processors[0]?.model.trim() || 'unknown',
    cores: processors.length,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    ...(redisBenchmark !== undefined && { redisBenchmark }),
    ...(commit !== undefined && { commit }),
  };
}

function firstLine(program: string, args: string[]): string | undefined {
  try {
    const stdio: StdioOptions = ['ignore', 'pipe', 'ignore'];
    return execFileSync(program, args, { cwd: repositoryRoot, encoding: 'utf8', stdio }).split('\n')[0];
  } catch {
    // The program is not installed, or this is no git checkout: the result is without it.
    return undefined;
  }
}
