import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Progress } from './progress';

describe('Progress', () => {
  it('writes a plain line for each finished step where there is no terminal', () => {
    const output = new PassThrough();
    let now = 0;
    const progress = new Progress(100, output, () => now);
    progress.show('SET, pipeline 1', 'redis-server, warm-up');
    now = 50_000;
    progress.complete(25);
    progress.say('libuv is out');
    progress.close();
    expect(String(output.read())).toBe(' 25%, 2m 30s left: done with SET, pipeline 1\nlibuv is out\n');
  });
});
