/**
 * What the kernel does with the memory of this process beyond what JavaScript can ask of it. It belongs to no event loop and serves
 * all of them.
 */
export interface HostMemory {
  /** Bytes of a page of this machine: 4096, 16 384 or 65 536. */
  readonly pageBytes: number;
  /**
   * How far behind the start of its page the first of `bytes` is stored, in bytes: 0 to `pageBytes - 1`. The bytes must be in an
   * ArrayBuffer or SharedArrayBuffer outside of the V8 heap. O(1).
   */
  offsetInPage(bytes: Uint8Array): number;
  /**
   * Gives the memory behind the whole pages of `bytes` back to the kernel, which takes some 60 us for a mebibyte. The pages read as
   * zeros from then on, and come back when they are written to. The bytes must be in an ArrayBuffer or SharedArrayBuffer outside of
   * the V8 heap. Does nothing where the kernel refuses (locked memory). O(pages).
   */
  discard(bytes: Uint8Array): void;
  /** Gives back what the C library keeps of freed memory (malloc_trim), where it can do so. O(freed memory). */
  trim(): void;
}
