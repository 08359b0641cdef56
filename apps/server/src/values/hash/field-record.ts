import type { HashTableLayout } from '@nanoredis/intrusive-ds';

/**
 * The record of one field of a large hash: its link in the hash's table, the field and the value. Offsets are in bytes, words
 * are u32:
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

/** Tells the hash table where a field's record stores its link, its hash and its key. */
export const FIELD_LAYOUT: HashTableLayout = {
  chain: FieldRecord.chain,
  hash: FieldRecord.hash,
  keyLength: FieldRecord.fieldLength,
  key: FieldRecord.field,
};
