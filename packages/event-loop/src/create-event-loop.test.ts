import { expect, test } from 'vitest';
import { createEventLoop, type EventLoopOptions } from './index';

test('auto selects a backend and has a reason', async () => {
  const loop = createEventLoop();
  expect(['io_uring', 'epoll', 'libuv']).toContain(loop.backend);
  expect(loop.reason).not.toBe('');
  await loop.close();
});

test.each<[EventLoopOptions, string]>([
  [{ chunkBytes: 100 }, 'chunkBytes'],
  [{ inputBytes: 2 ** 21 }, 'inputBytes'],
  [{ inputBuffers: 100 }, 'power of two'],
  [{ ringEntries: 4 }, 'ringEntries'],
  [{ iterationsPerTick: 0 }, 'iterationsPerTick'],
  [{ tickBudgetMs: Number.NaN }, 'tickBudgetMs'],
  [{ backend: 'kqueue' as never }, 'backend'],
])('refuses %o', (options, word) => {
  expect(() => createEventLoop(options)).toThrow(RangeError);
  expect(() => createEventLoop(options)).toThrow(word);
});
