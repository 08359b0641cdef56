/** Maximum number of arguments of a client that has not authenticated, as in Redis 7. */
export const UNAUTHENTICATED_ARGUMENTS = 10;
/** Maximum length of an argument of a client that has not authenticated, as in Redis 7, in bytes. */
export const UNAUTHENTICATED_BULK_BYTES = 16384;
/** Maximum size of a request that arrives in pieces, whatever the limits are, because spans are signed 32-bit numbers. */
export const MAX_ASSEMBLED_BYTES = 2 ** 31 - 1;

/**
 * The limits of a `RequestParser`, with the defaults of Redis. Many parsers may share one object. A change (CONFIG SET) applies to the
 * next request.
 */
export class RequestLimits {
  /** Maximum length of an argument in bytes, at least 99 (`proto-max-bulk-len`). Default: 512 MiB. */
  maxBulkBytes: number;
  /** Maximum number of arguments of one command, at least 9. Default: 1 Mi. */
  maxArguments: number;
  /** Maximum length of an inline command, and of a line that declares a length or a count, in bytes. Default: 64 KiB. */
  maxInlineBytes: number;
  /** Maximum number of bytes stored for one incomplete request (`client-query-buffer-limit`). Default: 1 GiB. */
  maxQueryBytes: number;

  constructor(limits: Partial<RequestLimits> = {}) {
    this.maxBulkBytes = limits.maxBulkBytes ?? 512 * 1024 * 1024;
    this.maxArguments = limits.maxArguments ?? 1024 * 1024;
    this.maxInlineBytes = limits.maxInlineBytes ?? 64 * 1024;
    this.maxQueryBytes = limits.maxQueryBytes ?? 1024 * 1024 * 1024;
  }
}
