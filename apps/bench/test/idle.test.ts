import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtFile } from '../src/places';
import { readResult } from '../src/results/result-file';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nanoredis-idle-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('an idle scenario measures starts and idle servers, beside Node alone and a server as a library', async () => {
  const scenario = { kind: 'idle', title: 'S', description: 'D', rounds: 2, settleSeconds: 0, idleSeconds: 0.05 };
  const scenarioPath = join(folder, 'short.json');
  const output = join(folder, 'result.json');
  writeFileSync(scenarioPath, JSON.stringify(scenario));
  await promisify(execFile)(process.execPath, [
    ...[builtFile('cli.js'), scenarioPath, '--output', output],
    ...['--servers', 'libuv', '--reference', 'nanoredis libuv'],
  ]);
  const { measurements, failures } = readResult(output);
  expect(failures).toEqual([]);
  expect(measurements.map(({ server, case: { phase }, runs }) => [server, phase, runs])).toEqual([
    ['nanoredis libuv', 'from start to PONG', [{ startMs: expect.any(Number) }, { startMs: expect.any(Number) }]],
    ['nanoredis libuv', 'no client', [{ idleCpuPercent: expect.any(Number) }, { idleCpuPercent: expect.any(Number) }]],
    ['node -e 0', 'from start to PONG', [{ startMs: expect.any(Number) }, { startMs: expect.any(Number) }]],
    ['nanoredis in a process', 'NanoRedis.start()', [{ startMs: expect.any(Number) }, { startMs: expect.any(Number) }]],
  ]);
});
