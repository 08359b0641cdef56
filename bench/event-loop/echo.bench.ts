/**
 * Echo servers side by side: messages a second and the server's processor time for each, on every backend that works here
 * and on plain node:net. The package has to be built.
 *   npm run bench:packages -- event-loop/echo
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tell } from '../harness/compare';

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
  readonly requestsPerSecond: number;
  /** The server's CPU time of a message. */
  readonly cpuMicroseconds: number;
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

function residentMebibytesOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

try {
  for (let round = 0; round < rounds; round++) {
    for (const depth of depths) {
      // The order turns round, so that nobody always runs first.
      for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
        const before = cpuSeconds(server.child.pid!);
        const load = [here('echo-load.mjs'), server.port, connections, messageBytes, depth, milliseconds];
        const requestsPerSecond = Number(execFileSync(process.execPath, load.map(String)));
        const seconds = cpuSeconds(server.child.pid!) - before;
        // The load warms up for 300 ms before it counts.
        const messages = requestsPerSecond * (milliseconds + 300) * 1e-3;
        server.rounds.get(depth)!.push({ requestsPerSecond, cpuMicroseconds: (seconds * 1e6) / messages });
      }
    }
  }
  for (const depth of depths) {
    tell({
      title: `${depth} in flight`,
      contenders: servers.map(({ backend, child, rounds: results }) => ({
        name: backend,
        runs: results.get(depth)!.map((run) => ({ ...run, residentMebibytes: residentMebibytesOf(child.pid!) })),
      })),
    });
  }
} finally {
  for (const { child } of servers) child.kill();
}
