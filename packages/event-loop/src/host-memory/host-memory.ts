/**
 * Requests to the kernel about the memory of this process that JavaScript cannot express. It is independent of event loops.
 */
export interface HostMemory {
  /** The page size of this machine in bytes: 4096, 16 384 or 65 536. */
  readonly pageBytes: number;
  /**
   * Returns the offset of the first byte of `bytes` in its page, 0 to `pageBytes - 1`. The bytes must be in an ArrayBuffer or
   * SharedArrayBuffer outside of the V8 heap. O(1).
   */
  offsetInPage(bytes: Uint8Array): number;
  /**
   * Returns the memory of the whole pages of `bytes` to the kernel, which takes some 60 us for a mebibyte. The pages then read as
   * zeros, and get memory again when they are written to. The bytes must be in an ArrayBuffer or SharedArrayBuffer outside of the V8
   * heap. Does nothing if the kernel refuses (locked memory). O(pages).
   */
  discard(bytes: Uint8Array): void;
  /** Returns freed memory that the C library keeps to the kernel (malloc_trim), if the library supports it. O(freed memory). */
  trim(): void;
}
