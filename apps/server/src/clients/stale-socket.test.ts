import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeStaleSocket } from './stale-socket';

describe.skipIf(process.platform === 'win32')('removeStaleSocket', () => {
  let directory = '';
  let path = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'nanoredis-stale-'));
    path = join(directory, 'redis.sock');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('removes the socket of a process that was killed', async () => {
    const program = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 9))`;
    spawnSync(process.execPath, ['-e', program]);
    expect(existsSync(path)).toBe(true);
    await removeStaleSocket(path);
    expect(existsSync(path)).toBe(false);
  });

  it('leaves a socket alone on which a process listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    await removeStaleSocket(path);
    expect(existsSync(path)).toBe(true);
    await new Promise((resolve) => server.close(resolve));
  });

  it('leaves every other file alone, and a path that is not there', async () => {
    await removeStaleSocket(path);
    writeFileSync(path, 'precious');
    await removeStaleSocket(path);
    expect(existsSync(path)).toBe(true);
  });
});
