import type { LargeIntegers } from './integer-text';

/** The types of decoded replies, and limits. */
export interface ReplyDecoderOptions {
  /** Bulk strings as text (UTF-8) or as buffers that the caller owns. Default: `string`. */
  bulk?: 'string' | 'buffer';
  /** Maps of RESP3 as Map, as object without prototype, or as flat array. Default: `map`. */
  maps?: 'map' | 'object' | 'array';
  /** Sets of RESP3 as Set or as array. Default: `set`. */
  sets?: 'set' | 'array';
  /** Integers beyond 2^53 as bigint, as text, or rounded to a number. Default: `bigint`. */
  largeIntegers?: LargeIntegers;
  /** Verbatim strings as text or as `VerbatimText`. Default: `text`. */
  verbatim?: 'text' | 'object';
  /** Maximum length of a string or an error in bytes, as text at most the maximum of V8 (512 MiB - 24). Default: 512 MiB. */
  maxBulkBytes?: number;
  /** Maximum nesting depth of containers. Default: 1024. */
  maxDepth?: number;
}
