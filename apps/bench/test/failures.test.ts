import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtFile, daemonPath } from '../src/places';
import { readResult } from '../src/results/result-file';
import { Client } from '../src/servers/client';
import { isOnPath } from '../src/servers/subject';

const MARK = 'NANOREDIS_BENCH_TEST';
const scenario = {
  kind: 'throughput',
  title: 'Short',
  description: 'Long enough to be disturbed.',
  rounds: 4,
  seconds: 0.3,
  limitSeconds: 3,
  tests: [
    { name: 'SET', test: 'set' },
    { name: 'GET', test: 'get' },
  ],
};

let folder: string;
let mark: string;
let servers: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nanoredis-bench-'));
  mark = randomUUID();
  servers = [];
});

afterEach(() => {
  for (const server of servers) server.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

/** Starts a server that the program gets as a target. */
async function startTarget(): Promise<{ port: number; process: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, [daemonPath, '--event-loop', 'libuv', '--port', String(port)], {
    stdio: 'ignore',
  });
  servers.push(child);
  for (;;) {
    const client = await Client.open(port).catch(() => null);
    client?.close();
    if (client !== null) return { port, process: child };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Outcome {
  exitCode: number | null;
  stderr: string;
  result: () => ReturnType<typeof readResult>;
}

/** Runs the program. At each output `disturb` is called with the process and its stderr so far. */
function bench(args: string[], disturb: (child: ChildProcess, stderr: string) => void = () => {}): Promise<Outcome> {
  const scenarioPath = join(folder, 'short.json');
  const output = join(folder, 'result.json');
  writeFileSync(scenarioPath, JSON.stringify(scenario));
  return new Promise((resolve) => {
    const options = { env: { ...process.env, [MARK]: mark } };
    const words = [builtFile('cli.js'), scenarioPath, '--output', output, ...args];
    const child = execFile(process.execPath, words, options, (_error, _stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stderr, result: () => readResult(output) }),
    );
    let printed = '';
    child.stderr?.on('data', (text) => {
      printed += text;
      disturb(child, printed);
    });
  });
}

/** The processes that carry the mark of this test in their environment. */
function processesLeft(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${MARK}=${mark}`);
      } catch {
        // The process has ended in the meantime, or belongs to another user.
        return false;
      }
    });
}

function isDoneWith(test: string, stderr: string): boolean {
  return stderr.includes(`done with ${test}`);
}

describe.skipIf(!isOnPath('redis-benchmark'))('a server that fails', () => {
  it('refuses connections: it is reported, and the others are measured', async () => {
    const nowhere = await freePort();
    const outcome = await bench(['--servers', 'libuv', '--target', `absent=127.0.0.1:${nowhere}`]);
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain(`absent is out, during start: absent does not answer on 127.0.0.1:${nowhere}`);
    expect(outcome.result().measurements.map(({ server }) => server)).toEqual(['nanoredis libuv', 'nanoredis libuv']);
    expect(processesLeft()).toEqual([]);
  }, 60_000);

  it('dies: its measurements so far are kept, and the others go on', async () => {
    const target = await startTarget();
    const outcome = await bench(['--servers', 'libuv', '--target', `mortal=127.0.0.1:${target.port}`], (_, stderr) => {
      if (isDoneWith('SET', stderr)) target.process.kill('SIGKILL');
    });
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain('mortal is out, during GET');
    const { measurements, failures } = outcome.result();
    expect(measurements.map(({ server, case: { test } }) => `${server} ${test}`)).toEqual([
      'nanoredis libuv SET',
      'mortal SET',
      'nanoredis libuv GET',
    ]);
    expect(failures).toHaveLength(1);
    expect(processesLeft()).toEqual([]);
  }, 60_000);

  it('hangs: it is removed at the time limit', async () => {
    const target = await startTarget();
    const outcome = await bench(['--servers', 'libuv', '--target', `stuck=127.0.0.1:${target.port}`], (_, stderr) => {
      if (isDoneWith('SET', stderr)) setTimeout(() => target.process.kill('SIGSTOP'), 700);
    });
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toMatch(/stuck is out, during GET.*(hangs|has not answered)/);
    const { measurements } = outcome.result();
    expect(measurements.filter(({ server }) => server === 'nanoredis libuv')).toHaveLength(2);
    expect(processesLeft()).toEqual([]);
  }, 90_000);

  it('does not answer at the start', async () => {
    const target = await startTarget();
    target.process.kill('SIGSTOP');
    const outcome = await bench(['--servers', 'libuv', '--target', `stuck=127.0.0.1:${target.port}`, '--tests', 'get']);
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain('stuck is out, during start');
  }, 60_000);

  it('holds keys: they are not deleted without the option', async () => {
    const target = await startTarget();
    const client = await Client.open(target.port);
    await client.call('SET', 'precious', '1');
    const outcome = await bench(['--servers', 'libuv', '--tests', 'get', '--target', `full=127.0.0.1:${target.port}`]);
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain('full holds 1 keys, which measuring would delete');
    expect(await client.call('GET', 'precious')).toBe('1');
    client.close();
  }, 60_000);
});

describe.skipIf(!isOnPath('redis-benchmark'))('Ctrl-C', () => {
  it('ends every process and keeps what was measured', async () => {
    const outcome = await bench(['--servers', 'libuv,epoll'], (child, stderr) => {
      if (isDoneWith('SET', stderr)) setTimeout(() => child.kill('SIGINT'), 500);
    });
    expect(outcome.exitCode).toBe(130);
    expect(outcome.result().measurements.map(({ case: { test } }) => test)).toEqual(['SET', 'SET']);
    expect(processesLeft()).toEqual([]);
  }, 60_000);
});
