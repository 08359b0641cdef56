/** Where a record keeps what the table needs: byte offsets, all multiples of 4. */
export interface HashTableLayout {
  /** Word: the next record of the same bucket. The table's own. */
  readonly chain: number;
  /** Word: the hash of the key. The table's own. */
  readonly hash: number;
  /** Word: bytes of the key in the low 29 bits; the top three bits are free for flags of the record's owner. */
  readonly keyLength: number;
  /** The first byte of the key. */
  readonly key: number;
}

/** The bits of the keyLength word that are the length. */
export const KEY_LENGTH_MASK = 0x1fffffff;

/** Chain slots that `random` throws its darts at. */
export const DART_SLOTS = 4;
