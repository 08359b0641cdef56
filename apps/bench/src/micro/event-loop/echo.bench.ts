/**
 * Echo servers side by side: messages a second and the server's CPU time per message, on every backend that works on this machine
 * and on plain node:net.
 *   npm run bench:packages -- event-loop/echo
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { report } from '../../harness/compare';
import { builtFile } from '../../places';
import { cpuTimeOf, residentBytesOf } from '../../servers/process-figures';

const ROUNDS = 3;
const CONNECTIONS = 50;
const MESSAGE_BYTES = 64;
const DEPTHS = [1, 16];
const MEASURED_MS = 1000;
/** The load warms up for so long before it counts; see echo-load.process.ts. */
const WARM_UP_MS = 300;
const FIRST_PORT = 17_400;

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
  const port = FIRST_PORT + i;
  const program = builtFile('micro/event-loop/echo-server.process.js');
  const child = spawn(process.execPath, [program, backend, String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const isUp = await Promise.race([once(child.stdout, 'data').then(() => true), once(child, 'exit').then(() => false)]);
  if (isUp) servers.push({ backend, port, child, rounds: new Map(DEPTHS.map((depth) => [depth, []])) });
  else console.log(`left out: ${backend} does not work here`);
}

function cpuMicrosecondsOf(pid: number): number {
  const { userMs, systemMs } = cpuTimeOf(pid);
  return (userMs + systemMs) * 1000;
}

try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const depth of DEPTHS) {
      // The order is reversed in every second round, so that no server always runs first.
      for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
        const before = cpuMicrosecondsOf(server.child.pid!);
        const program = builtFile('micro/event-loop/echo-load.process.js');
        const load = [program, server.port, CONNECTIONS, MESSAGE_BYTES, depth, MEASURED_MS];
        const requestsPerSecond = Number(execFileSync(process.execPath, load.map(String)));
        const spent = cpuMicrosecondsOf(server.child.pid!) - before;
        const messages = requestsPerSecond * (MEASURED_MS + WARM_UP_MS) * 1e-3;
        server.rounds.get(depth)!.push({ requestsPerSecond, cpuMicroseconds: spent / messages });
      }
    }
  }
  for (const depth of DEPTHS) {
    report({
      title: `${depth} in flight`,
      competitors: servers.map(({ backend, child, rounds: results }) => ({
        name: backend,
        runs: results.get(depth)!.map((run) => ({ ...run, residentMebibytes: residentBytesOf(child.pid!) / 2 ** 20 })),
      })),
    });
  }
} finally {
  for (const { child } of servers) child.kill();
}
