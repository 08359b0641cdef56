/**
 * Echo servers side by side: messages a second and the server's processor time for each, on every backend that works here
 * and on plain node:net. The package has to be built.
 *   npm run bench:packages -- event-loop/echo
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuTimeOf, residentBytesOf } from '../../apps/bench/src/servers/process-figures';
import { tell } from '../harness/compare';

const rounds = 3;
const connections = 50;
/** Benchmarks are started in bench/. */
const here = (name: string): string => `event-loop/${name}`;
const messageBytes = 64;
const depths = [1, 16];
const milliseconds = 1000;
const firstPort = 17_400;

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

function cpuMicrosecondsOf(pid: number): number {
  const { userMs, systemMs } = cpuTimeOf(pid);
  return (userMs + systemMs) * 1000;
}

try {
  for (let round = 0; round < rounds; round++) {
    for (const depth of depths) {
      // The order turns round, so that nobody always runs first.
      for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
        const before = cpuMicrosecondsOf(server.child.pid!);
        const load = [here('echo-load.mjs'), server.port, connections, messageBytes, depth, milliseconds];
        const requestsPerSecond = Number(execFileSync(process.execPath, load.map(String)));
        const spent = cpuMicrosecondsOf(server.child.pid!) - before;
        // The load warms up for 300 ms before it counts.
        const messages = requestsPerSecond * (milliseconds + 300) * 1e-3;
        server.rounds.get(depth)!.push({ requestsPerSecond, cpuMicroseconds: spent / messages });
      }
    }
  }
  for (const depth of depths) {
    tell({
      title: `${depth} in flight`,
      contenders: servers.map(({ backend, child, rounds: results }) => ({
        name: backend,
        runs: results.get(depth)!.map((run) => ({ ...run, residentMebibytes: residentBytesOf(child.pid!) / 2 ** 20 })),
      })),
    });
  }
} finally {
  for (const { child } of servers) child.kill();
}
