/** What an arena asks of the host that its memory comes from; `loadHostMemory` of @nanoredis/event-loop/memory answers it. */
export interface ArenaHost {
  /** Bytes of a page of the host: a power of two, at most 131 072. */
  readonly pageBytes: number;
  /** How far behind the start of its page of the host the first of `bytes` is stored, in bytes. */
  offsetInPage(bytes: Uint8Array): number;
  /**
   * Gives the memory behind the whole pages of `bytes` back to the host and keeps the addresses, as madvise(MADV_DONTNEED) does; what
   * the bytes read then is undefined.
   */
  discard(bytes: Uint8Array): void;
}
