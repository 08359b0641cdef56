/**
 * The record of one key: its link in the keyspace's hash table, its recency, its type, and the key itself. A short string
 * value follows the key in the same record. Offsets are in bytes, words are u32:
 *
 * ```
 *          -16 deadline low ┐
 *          -12 deadline high│ only with HAS_EXPIRY: the record of the
 *           -8 next         │ expiry wheel precedes the entry
 *           -4 previous     ┘
 * entry →    0 chain          next entry of the bucket
 *            4 hash
 *            8 keyLength      29 bits, and 3 flags above them: HAS_EXPIRY, VALUE_OUTSIDE, SNAPSHOT_PARITY
 *           12 access         24 bits of recency or frequency, 4 bits type, 4 bits encoding
 *           16 value          length of an inline string, else the address of the value
 *           20 key bytes, then the bytes of an inline string
 * ```
 *
 * The layout is an enum because the built code inlines its members as literals; it does not do so for object properties.
 *
 * The deadline precedes the entry, so all other offsets are constant whether or not a key has one.
 */
export enum Entry {
  chain = 0,
  hash = 4,
  keyLength = 8,
  access = 12,
  value = 16,
  key = 20,
}

/** The same offsets as indexes of u32 words. */
export enum EntryWord {
  chain = 0,
  hash = 1,
  keyLength = 2,
  access = 3,
  value = 4,
}

/** The expiry block before an entry that has a deadline: offsets from the start of the block. */
export enum Expiry {
  deadlineLow = 0,
  deadlineHigh = 4,
  next = 8,
  previous = 12,
}

/** Size of the expiry block in arena units of 8 bytes: `entry - EXPIRY_UNITS` is the wheel's record. */
export const EXPIRY_UNITS = 2;
export const EXPIRY_BYTES = 16;

export const KEY_LENGTH_MASK = 0x1fffffff;
/** The entry has a deadline, in the block before it. */
export const HAS_EXPIRY = 0x80000000;
/** `value` is an address; without it, `value` is the length of a string that follows the key. */
export const VALUE_OUTSIDE = 0x40000000;
/** Whether the snapshot in progress has visited the entry; its meaning flips with each snapshot, see SnapshotWalk. */
export const SNAPSHOT_PARITY = 0x20000000;

export const ACCESS_MASK = 0x00ffffff;

/** The types of values, numbered as Redis numbers its object types. */
export enum ValueType {
  string = 0,
  list = 1,
  set = 2,
  sortedSet = 3,
  hash = 4,
  stream = 6,
}

/** Encodings that OBJECT ENCODING names; the numbers fit into 4 bits. */
export enum Encoding {
  raw = 0,
  int = 1,
  embstr = 2,
  listpack = 3,
  quicklist = 4,
  hashtable = 5,
  intset = 6,
  skiplist = 7,
  stream = 8,
  /** An integer created by COPY: Redis shares the objects of small integers, but a copy is an object of its own. */
  copiedInt = 9,
}
/** Names of encodings as OBJECT ENCODING replies them, by number. */
export const ENCODING_NAMES: readonly string[] = [
  'raw',
  'int',
  'embstr',
  'listpack',
  'quicklist',
  'hashtable',
  'intset',
  'skiplist',
  'stream',
  'int',
];

/** Names of types as TYPE replies them, by number. */
export const TYPE_NAMES: readonly string[] = ['string', 'list', 'set', 'zset', 'hash', '', 'stream'];

/** Bit offset of the encoding in the access word. */
export const ENCODING_SHIFT = 28;
/** Mask of the access word without its encoding. */
export const ENCODING_CLEARED = 0x0fffffff;

/** Type and encoding, shifted to their place above the low 24 bits of the access word. */
export function typeBits(type: ValueType, encoding: Encoding): number {
  return ((type << 24) | (encoding << ENCODING_SHIFT)) >>> 0;
}
