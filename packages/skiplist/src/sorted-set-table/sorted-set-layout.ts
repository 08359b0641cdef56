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
 * 20 bytes and the member, rounded up to 8. Only the blocks have the position of an element in the order (see `Block`).
 */
export enum Element {
  /** The score as ScoreWords encodes it. */
  scoreHigh = 0,
  scoreLow = 1,
  chain = 2,
  hash = 3,
  length = 4,
  member = 5,
}

/** Bytes of an element without its member. */
export const ELEMENT_BYTES = 20;

/** Bit of the length word: the score is -0. The words of the score do not show it, because -0 equals 0 in the order. */
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
  /** The block in which every search starts: a leaf if the height is 0. */
  top = 3,
  /** Levels of branches above the leaves. */
  height = 4,
}

/** Bytes of a root. */
export const ROOT_BYTES = 20;

/**
 * A block of neighbouring entries in order, in 32-bit words: columns of one word per entry, each with space for `capacity` entries.
 *
 * ```
 *     0         1       2 …           + capacity …  + capacity …  + capacity …  + capacity …
 * +-------+----------+-------------+-------------+-------------+-------------+-------------+
 * | count | capacity | scores high | scores low  |  elements   |  children   |    spans    |
 * +-------+----------+-------------+-------------+-------------+-------------+-------------+
 *                                                              '---- of branches only -----'
 * ```
 * A leaf has an entry for each of its elements. A branch has an entry for each of its child blocks: the score and address of the first
 * element below it, and the number of elements below it. The score and element of the first entry of a branch are undefined, because
 * nothing reads them: the level above has already compared them.
 */
export enum Block {
  count = 0,
  capacity = 1,
  entries = 2,
}

/** The columns of a block. A column begins at word `Block.entries + column * capacity`. */
export enum Column {
  high = 0,
  low = 1,
  element = 2,
  child = 3,
  span = 4,
}

/** How many columns a leaf has, and a branch. */
export const LEAF_COLUMNS = 3;
export const BRANCH_COLUMNS = 5;

/** So many zero bits of a random number raise an element by one level: one of 32 elements starts a leaf, one of 32 leaves a branch. */
export const LEVEL_BITS = 5;

/** The most levels above the lowest that 32 random bits can give: enough for 32^6 elements. */
export const MAX_LEVELS = 6;
