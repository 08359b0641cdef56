/**
 * Echo servers side by side: messages a second and the server's processor time for each, on every backend that works here
 * and on plain node:net. The package has to be built.
 *   npm run bench:packages -- event-loop/echo
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import type { ComparisonMessage } from '../harness/compare';

const rounds = 3;
const connections = 50;
/** Benchmarks are started in bench/. */
const here = (name: string): string => `event-loop/${name}`;
const messageBytes = 64;
const depths = [1, 16];
const milliseconds = 1000;
const firstPort = 17_400;
/** Kernel's clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

interface Round {
  readonly rate: number;
  readonly microseconds: number;
}

interface EchoServer {
  readonly backend: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** By messages in flight. */
  readonly rounds: Map<number, Round[]>;
}

const servers: EchoServer[] = [];
for (const [i, backend] of ['io_uring', 'epoll', 'libuv', 'node:net'].entries()) {
  const port = firstPort + i;
  const child = spawn(process.execPath, [here('echo-server.mjs'), backend, String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const isUp = await Promise.race([once(child.stdout, 'data').then(() => true), once(child, 'exit').then(() => false)]);
  if (isUp) servers.push({ backend, port, child, rounds: new Map(depths.map((depth) => [depth, []])) });
  else console.log(`left out: ${backend} does not work here`);
}

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

try {
  for (let round = 0; round < rounds; round++) {
    for (const depth of depths) {
      // The order turns round, so that nobody always runs first.
      for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
        const before = cpuSeconds(server.child.pid!);
        const load = [here('echo-load.mjs'), server.port, connections, messageBytes, depth, milliseconds];
        const rate = Number(execFileSync(process.execPath, load.map(String)));
        const seconds = cpuSeconds(server.child.pid!) - before;
        server.rounds.get(depth)!.push({ rate, microseconds: (seconds * 1e6) / (rate * (milliseconds + 300) * 1e-3) });
      }
    }
  }
  const rss = (pid: number): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  console.log(
    `${cpus()[0]!.model}, ${cpus().length} cores, Linux ${release()}, Node ${process.version}, ${connections} connections`,
  );
  console.log('| backend | messages in flight | messages/s | server CPU, µs a message | RSS, MiB |');
  console.log('|---|---|---|---|---|');
  for (const depth of depths) {
    const message: ComparisonMessage = {
      title: `echo of 64 bytes, ${depth} in flight on each of ${connections} connections`,
      contenders: servers.map(({ backend, rounds: results }) => ({
        name: backend,
        nanoseconds: results.get(depth)!.map(({ microseconds }) => microseconds * 1000),
      })),
    };
    process.send?.(message);
    for (const { backend, child, rounds: results } of servers) {
      const all = results.get(depth)!;
      const rate = median(all.map((result) => result.rate));
      const cost = median(all.map((result) => result.microseconds));
      console.log(`| ${backend} | ${depth} | ${rate} | ${cost.toFixed(2)} | ${rss(child.pid!).toFixed(0)} |`);
    }
  }
} finally {
  for (const { child } of servers) child.kill();
}
