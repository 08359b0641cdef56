import { expect, test, vi } from 'vitest';
import { BackendUnavailableError, createEventLoop, type EventLoopOptions } from './index';
import * as libc from './linux/libc';

test('auto selects a backend and has a reason', async () => {
  const loop = createEventLoop();
  expect(['io_uring', 'epoll', 'libuv']).toContain(loop.backend);
  expect(loop.reason).not.toBe('');
  await loop.close();
});

test.each([
  [Object.assign(new Error('io_uring_setup EPERM'), { code: 'EPERM' }), 'not permitted (EPERM)'],
  [Object.assign(new Error('io_uring_setup ENOSYS'), { code: 'ENOSYS' }), 'not supported by the kernel (ENOSYS)'],
  [new Error('koffi cannot be loaded\nRequire stack:\n- /somewhere'), 'koffi cannot be loaded'],
])('a backend that does not work is an error of one line (%s)', (cause, reason) => {
  vi.spyOn(libc, 'loadLibc').mockImplementation(() => {
    throw cause;
  });
  try {
    createEventLoop({ backend: 'epoll' });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(BackendUnavailableError);
    expect(error).toMatchObject({ backend: 'epoll', reason, message: `epoll: ${reason}`, cause });
  } finally {
    vi.restoreAllMocks();
  }
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
