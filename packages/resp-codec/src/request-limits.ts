/** The number of arguments that Redis 7 grants to a client that still has to authenticate. */
export const UNAUTHENTICATED_ARGUMENTS = 10;
/** The bytes of one argument that Redis 7 grants to a client that still has to authenticate. */
export const UNAUTHENTICATED_BULK_BYTES = 16384;
/** Spans are signed 32-bit numbers: a request that has to be assembled can not hold more bytes than this, whatever the limits say. */
export const MAX_ASSEMBLED_BYTES = 2 ** 31 - 1;

/**
 * What a `RequestParser` accepts. One object serves any number of parsers; a change (CONFIG SET) holds from the next request on.
 * The defaults are those of Redis.
 */
export class RequestLimits {
  /** The largest argument in bytes, at least 99 (`proto-max-bulk-len`). */
  maxBulkBytes: number;
  /** The largest number of arguments of one command, at least 9. */
  maxArguments: number;
  /** The longest inline command, and the longest line that announces a length, in bytes. */
  maxInlineBytes: number;
  /** The most that a parser stores for one unfinished request, in bytes (`client-query-buffer-limit`). */
  maxQueryBytes: number;

  constructor(limits: Partial<RequestLimits> = {}) {
    this.maxBulkBytes = limits.maxBulkBytes ?? 512 * 1024 * 1024;
    this.maxArguments = limits.maxArguments ?? 1024 * 1024;
    this.maxInlineBytes = limits.maxInlineBytes ?? 64 * 1024;
    this.maxQueryBytes = limits.maxQueryBytes ?? 1024 * 1024 * 1024;
  }
}
