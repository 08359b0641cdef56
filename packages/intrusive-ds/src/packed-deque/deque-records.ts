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
 * Room on both sides of the elements makes both ends O(1). The way back from an element is found through `first starts`: for each
 * block of 128 bytes of the record, where in it the first element begins. That costs a byte for 128 bytes instead of one for each
 * element, and a step back walks less than 128 bytes forward, or one element.
 *
 * It is not the record of a PackedList, because that pays for millions of small lists: its header is one word, and it has no
 * links, no room in front and no first starts. The elements are the same.
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
  /** Bytes in front of the first place for an element. */
  headerBytes = 24,
  /** Nodes with a limit beyond this hold one large element and have no first starts. */
  largestShared = 65536,
}

/** The blocks of a node's first starts: `position >>> shift`, `position & mask`. */
export enum Block {
  shift = 7,
  mask = 127,
  /** Stands for a block in which no element begins. */
  none = 255,
}
