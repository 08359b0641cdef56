import { platform } from 'node:os';

/** Size of sun_path in struct sockaddr_un (<sys/un.h>) without the terminating zero: 107 on Linux, 103 on macOS and the BSDs. */
const MAX_UNIX_PATH_BYTES = platform() === 'linux' ? 107 : 103;

/**
 * Checks the path of a unix socket. The kernel's structure has a fixed size, and libuv cuts a longer path without an error. Windows has
 * named pipes instead, whose length is not limited here. O(length).
 * @throws RangeError when the path is empty, too long, or contains a zero
 */
export function requireUnixPath(path: string): void {
  if (path === '' || path.includes('\0'))
    throw new RangeError('the path of a unix socket is not empty and contains no zero');
  const length = Buffer.byteLength(path);
  if (length <= MAX_UNIX_PATH_BYTES || platform() === 'win32') return;
  throw new RangeError(`the path of a unix socket has at most ${MAX_UNIX_PATH_BYTES} bytes, '${path}' has ${length}`);
}
