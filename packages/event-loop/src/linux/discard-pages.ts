import type { Libc } from './libc';

const MADV_DONTNEED = 4;

/** Gives the memory behind the whole pages of `bytes` back to the kernel: see `EventLoop.discard`. O(pages). */
export function discardPages(libc: Libc, bytes: Uint8Array): void {
  const { pageBytes } = libc;
  const address = libc.addressOf(bytes);
  const start = Math.ceil(address / pageBytes) * pageBytes;
  const end = Math.floor((address + bytes.length) / pageBytes) * pageBytes;
  if (end > start) libc.madvise(start, end - start, MADV_DONTNEED);
}
