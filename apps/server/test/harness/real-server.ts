import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RawClient } from './raw-client';

/** The version whose bytes are the specification. */
export const ORACLE_VERSION = '7.0.15';

/** A server under comparison. Whoever started it stops it. */
export interface ComparedServer {
  readonly name: string;
  readonly address: NetConnectOpts;
  readonly port: number;
  stop(): Promise<void>;
}

function findReasonToSkip(): string | null {
  const probe = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  if (probe.error || probe.status !== 0) return 'there is no redis-server on this machine';
  const version = /v=(\S+)/.exec(probe.stdout)?.[1] ?? 'unknown';
  return version === ORACLE_VERSION ? null : `redis-server is ${version} here and the oracle is ${ORACLE_VERSION}`;
}

/** Why comparisons with the real server are left out on this machine; null where they run. */
export const ORACLE_MISSING: string | null = findReasonToSkip();

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

// When this process is killed, the `read` of the shell ends with our end of the pipe, and the shell kills the server.
const GUARDIAN = '"$@" >/dev/null 2>&1 & server=$!; read -r line; kill -9 $server 2>/dev/null; wait';

/** Starts redis-server without persistence in a directory of its own and resolves once it answers; `options` as on its argv. */
export async function startRealServer(options: readonly string[] = []): Promise<ComparedServer> {
  const directory = mkdtempSync(join(tmpdir(), 'nanoredis-oracle-'));
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const argv = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      directory,
    ];
    argv.push('--enable-debug-command', 'yes', ...options);
    const shell = spawn('sh', ['-c', GUARDIAN, 'sh', 'redis-server', ...argv], { stdio: ['pipe', 'ignore', 'ignore'] });
    const address: NetConnectOpts = { host: '127.0.0.1', port };
    if (await answersPing(address, shell)) {
      const stop = async (): Promise<void> => {
        const gone = new Promise((resolve) => shell.once('exit', resolve));
        shell.stdin!.end();
        if (shell.exitCode === null) await gone;
        rmSync(directory, { recursive: true, force: true });
      };
      return { name: 'redis-server', address, port, stop };
    }
    shell.stdin!.end();
    if (attempt === 3) throw new Error('redis-server did not start');
  }
}

async function answersPing(address: NetConnectOpts, shell: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 200 && shell.exitCode === null; attempt++) {
    try {
      const client = await RawClient.open(address);
      const reply = await client.call('PING', 1000);
      client.close();
      if (reply.length > 0 && reply[0] === 43) return true;
    } catch {
      // Refused: it is not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  return false;
}
