/**
 * The record of one key: its place in the keyspace table, its recency, its type, and the key itself; a string value
 * lies behind the key in the same record. Sizes in bytes, words are u32:
 *
 * ```
 *          -16 deadline low ┐
 *          -12 deadline high│ only with HAS_EXPIRY: the links of the
 *           -8 next         │ expiry wheel stand before the entry
 *           -4 previous     ┘
 * entry →    0 chain          next entry of the bucket
 *            4 hash
 *            8 keyLength      29 bits, and 3 bits of flags above them
 *           12 access         24 bits of recency or frequency, 4 bits type, 4 bits encoding
 *           16 value          length of an inline string, else the address of the value
 *           20 key bytes, then the bytes of an inline string
 * ```
 *
 * The layout is an enum because its members become literals in the built code, which object members do not.
 *
 * Offsets stay constant whether or not a key has a deadline, because the deadline stands before the entry: a read never
 * asks where something is.
 */
export enum Entry {
  chain = 0,
  hash = 4,
  keyLength = 8,
  access = 12,
  value = 16,
  key = 20,
}

/** The same offsets as indexes of u32 words, for code that has the record's words at hand. */
export enum EntryWord {
  chain = 0,
  hash = 1,
  keyLength = 2,
  access = 3,
  value = 4,
}

/** What stands before an entry that has a deadline, as offsets from the start of that block. */
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

export const ACCESS_MASK = 0x00ffffff;

/** The types of values, numbered as in RDB files. */
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
  /** An integer that COPY made: Redis shares the objects of small integers, but copies are objects of their own. */
  copiedInt = 9,
}
/** Names of encodings as OBJECT ENCODING answers them, by number. */
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

/** Names of types as TYPE answers them, by number. */
export const TYPE_NAMES: readonly string[] = ['string', 'list', 'set', 'zset', 'hash', '', 'stream'];

/** Where the encoding stands in the access word. */
export const ENCODING_SHIFT = 28;
/** The access word without its encoding. */
export const ENCODING_CLEARED = 0x0fffffff;

/** Type and encoding as they stand above the 24 bits of the access word. */
export function typeBits(type: ValueType, encoding: Encoding): number {
  return ((type << 24) | (encoding << ENCODING_SHIFT)) >>> 0;
}
