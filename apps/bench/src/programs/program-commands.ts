import type { Command } from 'commander';
import { list, positive, positiveInteger } from '../option-parsers';
import { measureFlushAsync } from './flush-async';
import { measureHitRatios } from './hit-ratio';
import { measureMemoryBack, memoryBackCases } from './memory-back';
import { measureOvershoot } from './overshoot';
import { measureSameSecond } from './same-second';
import { traces } from './traces';

const OUTPUT = ['--output <file>', 'write the JSON to this file'] as const;

/** Adds the measurements that are no scenario as commands: each is a program of its own and writes a result of the same form. */
export function addProgramCommands(program: Command): void {
  program
    .command('hit-ratio')
    .description('hit ratios under maxmemory, beside redis-server and true LRU; a quarter of an hour')
    .option('--keys <number>', 'how many different keys are requested', positiveInteger, 100_000)
    .option('--requests <number>', 'the length of a trace', positiveInteger, 10_000_000)
    .option('--policies <names>', 'policies of maxmemory', list, ['allkeys-lru', 'allkeys-lfu'])
    .option('--traces <names>', `out of ${Object.keys(traces).join('; ')}, with semicolons between them`, (text) =>
      text.split(';'),
    )
    .option(...OUTPUT)
    .action(measureHitRatios);
  program
    .command('overshoot')
    .description('how far memory goes beyond maxmemory under full write load')
    .option('--seconds <number>', 'how long each server is measured', positive, 60)
    .option(...OUTPUT)
    .action(measureOvershoot);
  program
    .command('same-second')
    .description('a million keys that expire within the same second')
    .option(...OUTPUT)
    .action(measureSameSecond);
  program
    .command('flush-async')
    .description('FLUSHALL ASYNC of five million keys under full load')
    .option('--servers <names>', 'the servers to compare', list, ['redis-server', 'io_uring'])
    .option('--rounds <number>', 'rounds for each server', positiveInteger, 3)
    .option(...OUTPUT)
    .action(measureFlushAsync);
  program
    .command('memory-back')
    .description('what of the memory comes back within ten seconds after it was needed')
    .option('--servers <names>', 'the servers to compare', list, ['redis-server', 'io_uring'])
    .option(
      '--cases <names>',
      `out of ${Object.keys(memoryBackCases).join('; ')}, with semicolons between them`,
      (text) => text.split(';'),
    )
    .option(...OUTPUT)
    .action(measureMemoryBack);
}
