import type { Libc } from '../linux/libc';
import type { HostMemory } from './host-memory';

const MADV_DONTNEED = 4;

/** The memory of a Linux process, with `madvise(2)`. */
export class LinuxMemory implements HostMemory {
  readonly pageBytes: number;
  readonly #libc: Libc;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.pageBytes = libc.pageBytes;
  }

  offsetInPage(bytes: Uint8Array): number {
    return this.#libc.addressOf(bytes) % this.pageBytes;
  }

  discard(bytes: Uint8Array): void {
    const { pageBytes } = this;
    const address = this.#libc.addressOf(bytes);
    const start = Math.ceil(address / pageBytes) * pageBytes;
    const end = Math.floor((address + bytes.length) / pageBytes) * pageBytes;
    if (end > start) this.#libc.madvise(start, end - start, MADV_DONTNEED);
  }

  trim(): void {
    this.#libc.mallocTrim?.(0);
  }
}
