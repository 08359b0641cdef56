import { arch } from 'node:os';

// <sys/epoll.h>
export const EPOLL_CLOEXEC = 0o2000000;
export const EPOLL_CTL_ADD = 1;
export const EPOLL_CTL_DEL = 2;
export const EPOLL_CTL_MOD = 3;
export const EPOLLIN = 0x001;
export const EPOLLOUT = 0x004;
export const EPOLLERR = 0x008;
export const EPOLLHUP = 0x010;
/** Report a descriptor once for each time that something happens, not as long as it is ready. */
export const EPOLLET = 1 << 31;

/**
 * struct epoll_event in 32-bit words. It is packed on x86-64 alone, so that 32-bit programs have the same:
 *
 * ```
 *  x64:   | events | data low | data high |               3 words
 *  arm64: | events | padding  | data low  | data high |   4 words
 * ```
 */
export const eventWords = arch() === 'x64' ? 3 : 4;
/** Where the low half of `data` lies, which is where we keep the descriptor. */
export const eventFdWord = arch() === 'x64' ? 1 : 2;
