import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RawClient } from '../harness/raw-client';
import { freePort } from '../harness/real-server';

/** A folder of its own for a test; `remove` deletes it. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'nanoredis-config-'));

  /** Writes a file, and the folders on its way; returns its path. */
  write(name: string, text: string): string {
    const path = join(this.path, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A redis-server that runs with arguments of the test's choice. */
export interface RunningServer {
  readonly client: RawClient;
  readonly port: number;
  stop(): Promise<void>;
}

// When this process is killed, the `read` of the shell ends with our end of the pipe, and the shell kills the server.
const GUARDIAN = '"$@" >/dev/null 2>&1 & server=$!; read -r line; kill -9 $server 2>/dev/null; wait';

/** Starts redis-server in a folder; `argv` gets a free port. Rejects when it does not answer within three seconds. */
export async function runRealServer(folder: string, argv: (port: number) => readonly string[]): Promise<RunningServer> {
  const port = await freePort();
  const shell = spawn('sh', ['-c', GUARDIAN, 'sh', 'redis-server', ...argv(port)], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const stop = async (): Promise<void> => {
    const gone = new Promise((resolve) => shell.once('exit', resolve));
    shell.stdin.end();
    if (shell.exitCode === null) await gone;
  };
  const client = await openWhenReady({ host: '127.0.0.1', port });
  if (client === null) {
    await stop();
    throw new Error(`redis-server ${argv(port).join(' ')} did not answer`);
  }
  return {
    client,
    port,
    stop: async () => {
      client.close();
      await stop();
    },
  };
}

/** Runs redis-server with a configuration that it should refuse; it is killed after a second if it does not. */
export function refusedStart(folder: string, argv: readonly string[], input = ''): SpawnSyncReturns<string> {
  return spawnSync('redis-server', argv, {
    cwd: folder,
    input,
    encoding: 'utf8',
    timeout: 1000,
    killSignal: 'SIGKILL',
  });
}

async function openWhenReady(address: NetConnectOpts): Promise<RawClient | null> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      return await RawClient.open(address);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
  return null;
}
