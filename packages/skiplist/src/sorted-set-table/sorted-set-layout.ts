/**
 * The record of one element of a sorted set, in 32-bit words; the element's address is that of word 0, and the tower of its higher
 * links stands before it, so that everything else has a fixed place and the member is the key of a HashTable.
 *
 * ```
 *  slot 4 …      slot 3        slot 2          slot 1             0         1       2      3       4       5       6         7 …
 * +------+------+-----+-----+---------+------+---------+------+---------+-------+-------+------+-------+------+---------+--------+
 * | forw | span |  0  | top | forward | span | forward | span | forward | score | score | back | chain | hash | length  | member |
 * |      |      |     |     |         |      |         |      |         | high  | low   | ward |       |      | + flags | bytes  |
 * +------+------+-----+-----+---------+------+---------+------+---------+-------+-------+------+-------+------+---------+--------+
 * '---- only of tall towers ----'                             ^ element
 * ```
 * Slot 0 is the link of the lowest level; its span is always 1 and not stored. Slot s > 0 is the pair of words at -2s: the next
 * element of that level, and by how many ranks it is further; where there is no next one, how many elements follow.
 *
 * The number of slots stands in the two highest bits of the length word (slots 0, 1, 2), or they hold 3 and slot 3 tells it: that slot is
 * no level but a pair of 0 and the tower's top slot. As it reads like the end of a level, a search need not know.
 *
 * 28 bytes + member + 8 for each level above the first (2.8 on average), rounded up to 8.
 */
export enum Element {
  forward = 0,
  /** The score's bits, reordered so that comparing both words as signed integers gives the order of scores. */
  scoreHigh = 1,
  scoreLow = 2,
  /** The element before this one, or 0. */
  backward = 3,
  chain = 4,
  hash = 5,
  length = 6,
  member = 7,
}

/** Bytes of an element without tower and member. */
export const ELEMENT_BYTES = 28;

/** Bit of the length word: the score is -0, which the words above don't tell since it is equal to 0 in order. */
export const NEGATIVE_ZERO = 0x20000000;

/** `length >>> TOP_SHIFT` is the tower's top slot, unless it is TALL. */
export const TOP_SHIFT = 30;

/** The slot that tells the height of towers that have more levels than fit into two bits. */
export const TALL = 3;

/**
 * The top slot of the tallest tower, which has as many levels, since TALL is none. At one element in four per level, they serve 4^16
 * elements, which is more than addresses can name.
 */
export const TOP_SLOT = 16;

/**
 * The root of a set looks like an element of the greatest height, so that a search starts in it as it goes on in any other; its
 * other words are the set's.
 *
 * ```
 *  slot 16 … slot 1       0       1      2       3       4       5
 * +-----------------+---------+------+-------+------+-------+-------+
 * | tower of links  |  first  | size | table | last |  top  | units |
 * +-----------------+---------+------+-------+------+-------+-------+
 *                   ^ root
 * ```
 */
export enum Root {
  first = 0,
  size = 1,
  /** Root of the hash table of the members. */
  table = 2,
  last = 3,
  /** The highest slot that any element has. */
  top = 4,
  /** All memory of the set, in arena units of 8 bytes. */
  units = 5,
}

/** Bytes of a root without its tower. */
export const ROOT_BYTES = 24;
