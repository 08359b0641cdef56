import type { HashTableLayout } from '@nanoredis/intrusive-ds';

/**
 * The record of one field of a large hash: its place in the hash's table, and both texts. Sizes in bytes, words are u32:
 *
 * ```
 *   0 chain         next record of the bucket
 *   4 hash
 *   8 fieldLength
 *  12 valueLength
 *  16 field bytes, then the bytes of the value
 * ```
 */
export enum FieldRecord {
  chain = 0,
  hash = 4,
  fieldLength = 8,
  valueLength = 12,
  field = 16,
}

/** The same offsets as indexes of u32 words. */
export enum FieldWord {
  fieldLength = 2,
  valueLength = 3,
}

/** Where the table finds what it needs in the record of a field. */
export const FIELD_LAYOUT: HashTableLayout = {
  chain: FieldRecord.chain,
  hash: FieldRecord.hash,
  keyLength: FieldRecord.fieldLength,
  key: FieldRecord.field,
};
