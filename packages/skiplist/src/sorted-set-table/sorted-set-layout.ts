/**
 * The record of one element of a sorted set, in 32-bit words:
 *
 * ```
 *     0       1       2      3       4        5 …
 * +-------+-------+-------+------+--------+--------+
 * | score | score | chain | hash | length | member |
 * | high  | low   |       |      | + flag | bytes  |
 * +-------+-------+-------+------+--------+--------+
 * ```
 * 20 bytes + member, rounded up to 8. Where an element stands in the order is known only by the blocks (see `Block`).
 */
export enum Element {
  /** The score's bits, reordered so that comparing both words as signed integers gives the order of scores. */
  scoreHigh = 0,
  scoreLow = 1,
  chain = 2,
  hash = 3,
  length = 4,
  member = 5,
}

/** Bytes of an element without its member. */
export const ELEMENT_BYTES = 20;

/** Bit of the length word: the score is -0, which the words above don't tell since it is equal to 0 in order. */
export const NEGATIVE_ZERO = 0x20000000;

/**
 * The root of a set, in 32-bit words:
 *
 * ```
 *     0      1       2      3      4
 * +------+-------+-------+-----+--------+
 * | size | table | units | top | height |
 * +------+-------+-------+-----+--------+
 * ```
 */
export enum Root {
  size = 0,
  /** Root of the hash table of the members. */
  table = 1,
  /** All memory of the set, in arena units of 8 bytes. */
  units = 2,
  /** The block that every search starts in: a leaf if the height is 0. */
  top = 3,
  /** Levels of branches above the leaves. */
  height = 4,
}

export const ROOT_BYTES = 20;

/**
 * A block of neighbouring entries in order, in 32-bit words; with room for `capacity` entries, in columns of one word an entry:
 *
 * ```
 *     0         1       2 …           + capacity …  + capacity …  + capacity …  + capacity …
 * +-------+----------+-------------+-------------+-------------+-------------+-------------+
 * | count | capacity | scores high | scores low  |  elements   |  children   |    spans    |
 * +-------+----------+-------------+-------------+-------------+-------------+-------------+
 *                                                              '---- of branches only -----'
 * ```
 * A leaf has an entry for each of its elements. A branch has one for each of its child blocks: score and address of the first element
 * below that, and how many elements there are below. The first entry's score and element of a branch are not kept right, as nothing
 * reads them: what is above has already told that a search has to go there or beyond.
 */
export enum Block {
  count = 0,
  capacity = 1,
  entries = 2,
}

/** The columns of a block: that of `column` begins at word `Block.entries + column * capacity`. */
export enum Column {
  high = 0,
  low = 1,
  element = 2,
  child = 3,
  span = 4,
}

/** Columns of a leaf, and of a branch. */
export const LEAF_COLUMNS = 3;
export const BRANCH_COLUMNS = 5;

/** Zero bits of a random number that raise an element by a level: one element of 32 starts a leaf, one leaf of 32 starts a branch. */
export const LEVEL_BITS = 5;

/** Levels that 32 random bits can decide about, above the lowest: they serve 32^6 elements. */
export const MOST_LEVELS = 6;
