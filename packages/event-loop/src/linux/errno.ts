import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';

/** The error numbers that the loops tell apart; `errno` on the machine that we run on. */
export const {
  EAGAIN,
  ECANCELED,
  ECONNABORTED,
  EINTR,
  EINVAL,
  EMFILE,
  ENFILE,
  ENOBUFS,
  ENOENT,
  ENOMEM,
  EPROTO,
  EBUSY,
} = constants.errno;

/** `EADDRINUSE` for 98 on Linux. */
export function errnoName(errno: number): string {
  try {
    return getSystemErrorName(-errno);
  } catch {
    return `errno ${errno}`;
  }
}

/** The Error of a failed system call, with `code`, `errno` and `syscall` as Node's own errors have them. */
export function systemError(syscall: string, errno: number, place = ''): NodeJS.ErrnoException {
  const code = errnoName(errno);
  const error: NodeJS.ErrnoException = new Error(`${syscall} ${code}${place === '' ? '' : ` ${place}`}`);
  error.code = code;
  error.errno = -errno;
  error.syscall = syscall;
  return error;
}

/** Whether accepting failed for want of descriptors or memory, and may succeed a little later. */
export function isShortage(errno: number): boolean {
  return errno === EMFILE || errno === ENFILE || errno === ENOBUFS || errno === ENOMEM;
}
