/** What an arena needs from the host that its memory comes from. `loadHostMemory` of @nanoredis/event-loop/memory returns one. */
export interface ArenaHost {
  /** Bytes of a page of the host: a power of two, at most 131 072. */
  readonly pageBytes: number;
  /** The distance of the first byte of `bytes` from the start of its page of the host, in bytes. */
  offsetInPage(bytes: Uint8Array): number;
  /**
   * Gives the memory behind the whole pages of `bytes` back to the host and keeps the addresses, as madvise(MADV_DONTNEED) does. The
   * contents of these pages are undefined afterwards.
   */
  discard(bytes: Uint8Array): void;
}
