/**
 * The record of a packed list.
 *
 * ```
 *  0       2      4                                used          usable bytes
 *  +-------+------+---------+---------+-----+---------+------------+
 *  | count | used | element | element | …   | element |  (unused)  |
 *  +-------+------+---------+---------+-----+---------+------------+
 *
 *  from 65535 elements or 65535 bytes on (`used` is WIDE):
 *  +-------+------+---------+---------+-----+---------+----------+------------+-----------+
 *  |   0   | WIDE | element | element | …   | element | (unused) | count (u32)| used (u32)|
 *  +-------+------+---------+---------+-----+---------+----------+------------+-----------+
 * ```
 * `used` counts from the start of the record. The short header is one word, because most lists are small and many.
 */
export enum PackedHeader {
  /** Bytes in front of the first element. */
  bytes = 4,
  /** The value of `used` if both numbers are at the end of the record; both are below this if they are in the header. */
  wide = 0xffff,
  /** Bytes of the two numbers at the end of a record. */
  trailerBytes = 8,
}
