import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';

/** The error numbers of this machine that the loops distinguish. */
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

/** Returns the name of an error number, such as `EADDRINUSE` for 98 on Linux. */
export function errnoName(errno: number): string {
  try {
    return getSystemErrorName(-errno);
  } catch {
    return `errno ${errno}`;
  }
}

/** Returns the error of a failed system call, with `code`, `errno` and `syscall` as in Node's own errors. */
export function systemError(syscall: string, errno: number, place = ''): NodeJS.ErrnoException {
  const code = errnoName(errno);
  const error: NodeJS.ErrnoException = new Error(`${syscall} ${code}${place === '' ? '' : ` ${place}`}`);
  error.code = code;
  error.errno = -errno;
  error.syscall = syscall;
  return error;
}

/** Whether accepting failed because descriptors or memory are short, so that it may succeed later. */
export function isShortage(errno: number): boolean {
  return errno === EMFILE || errno === ENFILE || errno === ENOBUFS || errno === ENOMEM;
}
