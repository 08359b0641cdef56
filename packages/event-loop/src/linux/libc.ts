import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import type * as Koffi from 'koffi';

/**
 * The functions of the C library, of libuv and of Node-API that the Linux backends call. Pointers are numbers (user space ends far
 * below 2^53), because a number is the cheapest type to pass. Every pointer comes from `addressOf` or `mmap`; the owner keeps the
 * buffer alive.
 */
export interface Libc {
  readonly socket: (family: number, type: number, protocol: number) => number;
  readonly bind: (fd: number, address: number, length: number) => number;
  readonly listen: (fd: number, backlog: number) => number;
  readonly accept4: (fd: number, address: number, length: number, flags: number) => number;
  readonly setsockopt: (fd: number, level: number, name: number, value: number, length: number) => number;
  readonly getsockname: (fd: number, address: number, length: number) => number;
  readonly getpeername: (fd: number, address: number, length: number) => number;
  readonly shutdown: (fd: number, how: number) => number;
  readonly read: (fd: number, bytes: number, length: number) => number;
  readonly recv: (fd: number, bytes: number, length: number, flags: number) => number;
  readonly send: (fd: number, bytes: number, length: number, flags: number) => number;
  readonly close: (fd: number) => number;
  readonly eventfd: (initial: number, flags: number) => number;
  readonly epollCreate: (flags: number) => number;
  readonly epollControl: (epoll: number, operation: number, fd: number, event: number) => number;
  readonly epollWait: (epoll: number, events: number, count: number, timeoutMs: number) => number;
  readonly mmap: (at: number, length: number, protection: number, flags: number, fd: number, offset: number) => number;
  readonly munmap: (at: number, length: number) => number;
  readonly madvise: (at: number, length: number, advice: number) => number;
  /** Gives freed memory back to the kernel; null where the C library has no such function (musl). */
  readonly mallocTrim: ((keepBytes: number) => number) | null;
  /** Bytes of a page of this machine. */
  readonly pageBytes: number;
  /** `syscall(2)` as io_uring_setup(entries, params). */
  readonly ioUringSetup: (call: number, entries: number, parameters: number) => number;
  /** `syscall(2)` as io_uring_enter(fd, to_submit, min_complete, flags, argument, argument size). */
  readonly ioUringEnter: (
    call: number,
    fd: number,
    submit: number,
    wait: number,
    flags: number,
    argument: number,
    argumentBytes: number,
  ) => number;
  /** `syscall(2)` as io_uring_register(fd, opcode, argument, count). */
  readonly ioUringRegister: (call: number, fd: number, opcode: number, argument: number, count: number) => number;
  readonly calloc: (count: number, bytes: number) => number;
  readonly uvHandleSize: (type: number) => number;
  readonly uvPollInit: (loop: number, handle: number, fd: number) => number;
  readonly uvPollStart: (handle: number, events: number, callback: number) => number;
  readonly uvBackendFd: (loop: number) => number;
  readonly uvClose: (handle: number, callback: number) => void;
  readonly uvRef: (handle: number) => void;
  readonly uvUnref: (handle: number) => void;
  /** The uv_loop_t of this thread. */
  readonly uvLoop: number;
  /** The address of a native function without effect, whatever its arguments. */
  readonly noop: number;
  /** The address of `free`. */
  readonly free: number;
  /** `errno` of the last call. */
  readonly errno: () => number;
  /** Returns the address of a buffer, which must not be on the V8 heap (use allocUnsafeSlow, or alloc above the pool's size). */
  readonly addressOf: (bytes: Uint8Array) => number;
  /** Returns the memory at an address as an ArrayBuffer, which must not be used after the memory is unmapped. */
  readonly memoryAt: (address: number, bytes: number) => ArrayBuffer;
}

let loaded: Libc | null = null;

/**
 * Binds the functions, once per thread.
 * @throws Error with the reason when the platform is not supported or koffi is not installed
 */
export function loadLibc(): Libc {
  loaded ??= bindLibc();
  return loaded;
}

function bindLibc(): Libc {
  if (platform() !== 'linux' || (arch() !== 'x64' && arch() !== 'arm64')) {
    throw new Error(`needs Linux on x64 or arm64, this is ${platform()} on ${arch()}`);
  }
  const koffi = loadKoffi();
  // The libraries that the node binary has loaded: glibc or musl, libuv and Node-API.
  const library = koffi.load(null);
  const bind = (name: string, result: string, ...parameters: string[]) =>
    library.func(name, result, parameters) as never;
  const pointer = 'intptr_t';
  const addressOf = (bytes: Uint8Array) => Number(koffi.address(bytes));
  const symbol = bind('dlsym', pointer, pointer, 'str') as (library: number, name: string) => number;
  return {
    socket: bind('socket', 'int', 'int', 'int', 'int'),
    bind: bind('bind', 'int', 'int', pointer, 'int'),
    listen: bind('listen', 'int', 'int', 'int'),
    accept4: bind('accept4', 'int', 'int', pointer, pointer, 'int'),
    setsockopt: bind('setsockopt', 'int', 'int', 'int', 'int', pointer, 'int'),
    getsockname: bind('getsockname', 'int', 'int', pointer, pointer),
    getpeername: bind('getpeername', 'int', 'int', pointer, pointer),
    shutdown: bind('shutdown', 'int', 'int', 'int'),
    read: bind('read', pointer, 'int', pointer, 'size_t'),
    recv: bind('recv', pointer, 'int', pointer, 'size_t', 'int'),
    send: bind('send', pointer, 'int', pointer, 'size_t', 'int'),
    close: bind('close', 'int', 'int'),
    eventfd: bind('eventfd', 'int', 'uint', 'int'),
    epollCreate: bind('epoll_create1', 'int', 'int'),
    epollControl: bind('epoll_ctl', 'int', 'int', 'int', 'int', pointer),
    epollWait: bind('epoll_wait', 'int', 'int', pointer, 'int', 'int'),
    mmap: bind('mmap', pointer, pointer, 'size_t', 'int', 'int', 'int', 'int64'),
    munmap: bind('munmap', 'int', pointer, 'size_t'),
    madvise: bind('madvise', 'int', pointer, 'size_t', 'int'),
    mallocTrim: symbol(0, 'malloc_trim') === 0 ? null : bind('malloc_trim', 'int', 'size_t'),
    pageBytes: (bind('getpagesize', 'int') as () => number)(),
    ioUringSetup: bind('syscall', pointer, 'long', 'uint', pointer),
    ioUringEnter: bind('syscall', pointer, 'long', 'int', 'uint', 'uint', 'uint', pointer, 'size_t'),
    ioUringRegister: bind('syscall', pointer, 'long', 'int', 'uint', pointer, 'uint'),
    calloc: bind('calloc', pointer, 'size_t', 'size_t'),
    uvHandleSize: bind('uv_handle_size', 'size_t', 'int'),
    uvPollInit: bind('uv_poll_init', 'int', pointer, pointer, 'int'),
    uvPollStart: bind('uv_poll_start', 'int', pointer, 'int', pointer),
    uvBackendFd: bind('uv_backend_fd', 'int', pointer),
    uvClose: bind('uv_close', 'void', pointer, pointer),
    uvRef: bind('uv_ref', 'void', pointer),
    uvUnref: bind('uv_unref', 'void', pointer),
    uvLoop: (bind('uv_default_loop', pointer) as () => number)(),
    noop: symbol(0, 'uv_version'),
    free: symbol(0, 'free'),
    errno: () => koffi.errno(),
    addressOf,
    memoryAt: (address, bytes) => koffi.view(address, bytes),
  };
}

function loadKoffi(): typeof Koffi {
  try {
    return createRequire(import.meta.url)('koffi') as typeof Koffi;
  } catch (error) {
    throw new Error(`the optional package koffi cannot be loaded (${(error as { code?: string }).code ?? error})`);
  }
}
