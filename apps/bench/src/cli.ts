import { parseArgs } from 'node:util';
import { type MemoryFigures, measureMemory, memoryTable } from './memory';
import { writeResults } from './results';
import { OURS, REDIS, ServerUnderTest, type Subject } from './server-under-test';
import { measureThroughput } from './smoke';
import { smokeTable, summarize } from './smoke-report';

const usage = `usage: smoke  [--rounds 5] [--backends io_uring,epoll,libuv]
       memory [--keys 5000000] [--backends io_uring]`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      keys: { type: 'string', default: '5000000' },
      backends: { type: 'string' },
    },
  });
  if (positionals[0] === 'smoke') return smoke(chosen(values.backends), atLeastOne(values.rounds));
  if (positionals[0] === 'memory') return memory(chosen(values.backends ?? 'io_uring'), atLeastOne(values.keys));
  throw new Error(usage);
}

function chosen(backends: string | undefined): Subject[] {
  const names = backends?.split(',').map((backend) => `nanoredis ${backend}`);
  return [REDIS, ...OURS.filter(({ name }) => names === undefined || names.includes(name))];
}

function atLeastOne(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${text} is not a number of at least 1\n${usage}`);
  return number;
}

async function smoke(subjects: readonly Subject[], rounds: number): Promise<void> {
  const servers: ServerUnderTest[] = [];
  try {
    for (const subject of subjects) servers.push(await ServerUnderTest.start(subject));
    const samples = await measureThroughput(servers, rounds, console.error);
    const summaries = summarize(samples, REDIS.name);
    console.log(smokeTable(summaries));
    console.log(writeResults('smoke', { rounds, summaries, samples }));
  } finally {
    for (const server of servers) await server.stop();
  }
}

async function memory(subjects: readonly Subject[], keys: number): Promise<void> {
  const figures: MemoryFigures[] = [];
  for (const subject of subjects) figures.push(await measureMemory(subject, keys));
  console.log(memoryTable(figures));
  console.log(writeResults('memory', { figures }));
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
