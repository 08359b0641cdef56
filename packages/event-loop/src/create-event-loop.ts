import { release } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { EpollLoop } from './epoll/epoll-loop';
import type { Backend, EventLoop, EventLoopOptions } from './event-loop';
import { IoUringLoop } from './io-uring/io-uring-loop';
import { LibuvLoop } from './libuv/libuv-loop';
import { loadLibc } from './linux/libc';

/** Multishot recv came with this release. */
const ioUringSince = [6, 0] as const;

/** What `auto` tries, best first. */
const preference: readonly Backend[] = ['io_uring', 'epoll', 'libuv'];

/**
 * Makes an event loop over the backend that `options.backend` names, or over the best that works here.
 *
 * @throws Error when a backend was named and does not work here, in a sentence that tells why; RangeError for a tunable
 *   out of its range
 */
export function createEventLoop(options: EventLoopOptions = {}): EventLoop {
  checkOptions(options);
  const wanted = options.backend ?? 'auto';
  if (wanted !== 'auto') {
    try {
      return open(wanted, 'asked for', options);
    } catch (error) {
      throw new Error(refusal(wanted, error), { cause: error });
    }
  }
  const refusals: string[] = [];
  for (const backend of preference) {
    try {
      return open(backend, refusals.length === 0 ? 'the fastest' : refusals.join('; '), options);
    } catch (error) {
      refusals.push(refusal(backend, error));
    }
  }
  throw new Error(refusals.join('; '));
}

/** Least and greatest value of every tunable; those of the second list are sizes of rings, so powers of two. */
const ranges = { chunkBytes: [4096, 2 ** 24], inputBytes: [1024, 2 ** 20], turnsPerTick: [1, 1000] } as const;
const ringRanges = { inputBuffers: [8, 32_768], ringEntries: [8, 32_768] } as const;

function checkOptions(options: EventLoopOptions): void {
  for (const [name, [least, greatest]] of Object.entries({ ...ranges, ...ringRanges })) {
    const value = options[name as keyof typeof ranges];
    if (value === undefined) continue;
    if (!Number.isInteger(value) || value < least || value > greatest) {
      throw new RangeError(`${name} has to be an integer from ${least} to ${greatest}, not ${value}`);
    }
    if (name in ringRanges && (value & (value - 1)) !== 0) {
      throw new RangeError(`${name} has to be a power of two, not ${value}`);
    }
  }
  const { backend = 'auto', tickBudgetMs = 0 } = options;
  if (!(tickBudgetMs >= 0)) throw new RangeError(`tickBudgetMs has to be at least 0, not ${tickBudgetMs}`);
  if (backend !== 'auto' && !preference.includes(backend)) {
    throw new RangeError(`backend has to be one of auto, ${preference.join(', ')}, not '${backend}'`);
  }
}

function open(backend: Backend, reason: string, options: EventLoopOptions): EventLoop {
  if (backend === 'libuv') return new LibuvLoop(reason, options);
  // The loop would wake the main thread's libuv, which is not ours to wait on.
  if (!isMainThread) throw new Error('a worker thread has a loop of its own that we cannot be a guest of');
  if (backend === 'epoll') return new EpollLoop(loadLibc(), reason, options);
  const [major = 0, minor = 0] = release().split('.').map(Number);
  if (major < ioUringSince[0] || (major === ioUringSince[0] && minor < ioUringSince[1])) {
    throw new Error(`needs Linux ${ioUringSince.join('.')}, this is ${release()}`);
  }
  return new IoUringLoop(loadLibc(), reason, options);
}

function refusal(backend: Backend, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EPERM' || code === 'EACCES') return `${backend}: not permitted (${code})`;
  if (code === 'ENOSYS') return `${backend}: the kernel has none (${code})`;
  return `${backend}: ${message}`;
}
