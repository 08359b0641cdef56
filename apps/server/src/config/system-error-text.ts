import { getSystemErrorMap } from 'node:util';

/** Words of libuv that differ from those of C's `strerror`, which Redis' users know. */
const STRERROR: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  ENAMETOOLONG: 'File name too long',
  ELOOP: 'Too many levels of symbolic links',
  EROFS: 'Read-only file system',
  ENOSPC: 'No space left on device',
  EEXIST: 'File exists',
};

/** The text of an operating system error in the words of C's `strerror`. Anything else is rethrown: it is a bug. */
export function systemErrorText(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    throw error;
  }
  const { code } = error;
  const known = STRERROR[code];
  if (known !== undefined) {
    return known;
  }
  if ('errno' in error && typeof error.errno === 'number') {
    return getSystemErrorMap().get(error.errno)?.[1] ?? code;
  }
  return code;
}
