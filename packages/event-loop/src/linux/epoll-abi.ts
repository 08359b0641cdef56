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
/** Edge-triggered: report a descriptor once per event instead of as long as it is ready. */
export const EPOLLET = 1 << 31;

/**
 * struct epoll_event in 32-bit words. It is packed on x86-64 only, where 32-bit programs use the same layout:
 *
 * ```
 *  x64:   | events | data low | data high |               3 words
 *  arm64: | events | padding  | data low  | data high |   4 words
 * ```
 */
export const EVENT_WORDS = arch() === 'x64' ? 3 : 4;
/** The word of the low half of `data`, which contains the descriptor. */
export const EVENT_FD_WORD = arch() === 'x64' ? 1 : 2;
