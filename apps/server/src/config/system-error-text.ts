import { getSystemErrorMap } from 'node:util';

/** Error texts of libuv that differ from those of C's `strerror`, which Redis uses. */
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

/** The `strerror` text of an operating system error. Any other error is a bug and is rethrown. */
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
