/** Where a record has the fields of the table: byte offsets, all multiples of 4. */
export interface HashTableLayout {
  /** Word: the next record of the same bucket. Only the table writes it. */
  readonly chain: number;
  /** Word: the hash of the key. Only the table writes it. */
  readonly hash: number;
  /** Word: bytes of the key in the low 29 bits; the owner of the record may use the top three bits as flags. */
  readonly keyLength: number;
  /** The first byte of the key. */
  readonly key: number;
}

/** The bits of the keyLength word that hold the length. */
export const KEY_LENGTH_MASK = 0x1fffffff;

/** Slots of a chain that `random` samples. */
export const SAMPLED_SLOTS = 4;
