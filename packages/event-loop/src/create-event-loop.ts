import { release } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { BackendUnavailableError } from './backend-unavailable-error';
import { EpollLoop } from './epoll/epoll-loop';
import type { Backend, EventLoop, EventLoopOptions } from './event-loop';
import { IoUringLoop } from './io-uring/io-uring-loop';
import { LibuvLoop } from './libuv/libuv-loop';
import { loadLibc } from './linux/libc';

/** The first release of Linux with multishot recv. */
const MIN_IO_URING_RELEASE = [6, 0] as const;

/** The order in which `auto` tries backends. */
const PREFERENCE: readonly Backend[] = ['io_uring', 'epoll', 'libuv'];

/**
 * Creates an event loop over the backend `options.backend`, or over the best one that works.
 *
 * @throws BackendUnavailableError when the selected backend does not work here
 * @throws RangeError when an option is out of its range
 */
export function createEventLoop(options: EventLoopOptions = {}): EventLoop {
  checkOptions(options);
  const wanted = options.backend ?? 'auto';
  if (wanted !== 'auto') return open(wanted, 'asked for', options);
  const refusals: string[] = [];
  for (const backend of PREFERENCE) {
    try {
      return open(backend, refusals.length === 0 ? 'the fastest' : refusals.join('; '), options);
    } catch (error) {
      refusals.push((error as Error).message);
    }
  }
  throw new Error(refusals.join('; '));
}

/** Minimum and maximum of the options. */
const RANGES = { chunkBytes: [4096, 2 ** 24], inputBytes: [1024, 2 ** 20], iterationsPerTick: [1, 1000] } as const;
/** Minimum and maximum of the options that must be a power of two. */
const RING_RANGES = { inputBuffers: [8, 32_768], ringEntries: [8, 32_768] } as const;

function checkOptions(options: EventLoopOptions): void {
  for (const [name, [min, max]] of Object.entries({ ...RANGES, ...RING_RANGES })) {
    const value = options[name as keyof typeof RANGES];
    if (value === undefined) continue;
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new RangeError(`${name} has to be an integer from ${min} to ${max}, not ${value}`);
    }
    if (name in RING_RANGES && (value & (value - 1)) !== 0) {
      throw new RangeError(`${name} has to be a power of two, not ${value}`);
    }
  }
  const { backend = 'auto', tickBudgetMs = 0 } = options;
  if (!(tickBudgetMs >= 0)) throw new RangeError(`tickBudgetMs has to be at least 0, not ${tickBudgetMs}`);
  if (backend !== 'auto' && !PREFERENCE.includes(backend)) {
    throw new RangeError(`backend has to be one of auto, ${PREFERENCE.join(', ')}, not '${backend}'`);
  }
}

function open(backend: Backend, reason: string, options: EventLoopOptions): EventLoop {
  try {
    return construct(backend, reason, options);
  } catch (error) {
    throw new BackendUnavailableError(backend, error);
  }
}

function construct(backend: Backend, reason: string, options: EventLoopOptions): EventLoop {
  if (backend === 'libuv') return new LibuvLoop(reason, options);
  // The loop would wake libuv's default loop, which is that of the main thread.
  if (!isMainThread) throw new Error('does not work in a worker thread');
  if (backend === 'epoll') return new EpollLoop(loadLibc(), reason, options);
  const [major = 0, minor = 0] = release().split('.').map(Number);
  if (major < MIN_IO_URING_RELEASE[0] || (major === MIN_IO_URING_RELEASE[0] && minor < MIN_IO_URING_RELEASE[1])) {
    throw new Error(`needs Linux ${MIN_IO_URING_RELEASE.join('.')}, this is ${release()}`);
  }
  return new IoUringLoop(loadLibc(), reason, options);
}
