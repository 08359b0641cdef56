/**
 * The records of a packed deque, in 32-bit words.
 *
 * ```
 *  root:  | head | tail | count | nodes |
 *            |      '----------------------------------------------.
 *            v                                                     v
 *          node <-> node <-> node …                              node
 *
 *  node, in bytes:
 *  0                                24          start                     end         limit          limit / 127
 *  +------+------+-------+-----+---+----------+---------+-----+---------+-----------+--------------+
 *  | prev | next | count | start, |  (unused) | element |  …  | element | (unused)  | first starts |
 *  |      |      |       | end,   |           |         |     |         |           | a byte each  |
 *  |      |      |       | limit  |           |         |     |         |           |              |
 *  +------+------+-------+--------+-----------+---------+-----+---------+-----------+--------------+
 * ```
 * Unused space on both sides of the elements makes both ends O(1). A step back uses the `first starts`: for each block of 128 bytes of
 * the record, the offset at which the first element in it begins. That takes one byte for 128 bytes instead of one for each element,
 * and a step back reads less than 128 bytes forward, or one element.
 *
 * A PackedList has another record, which suits millions of small lists: a header of one word, no links, no space in front and no first
 * starts. The elements are the same.
 */
export enum Root {
  head = 0,
  tail = 1,
  count = 2,
  nodes = 3,
  bytes = 16,
}

/** Words of the header of a node; `start`, `end` and `limit` count bytes from the start of the record. */
export enum Node {
  previous = 0,
  next = 1,
  count = 2,
  start = 3,
  end = 4,
  limit = 5,
  /** Bytes in front of the space for elements. */
  headerBytes = 24,
  /** Nodes with a limit beyond this contain one large element and have no first starts. */
  maxShared = 65536,
}

/** The blocks of a node's first starts: `position >>> shift`, `position & mask`. */
export enum Block {
  shift = 7,
  mask = 127,
  /** The first start of a block in which no element begins. */
  none = 255,
}
