/**
 * The address of a record: an unsigned 32-bit number that counts units of 8 bytes. 0 is null.
 *
 * ```
 *  31        23 22                    0
 * +------------+-----------------------+
 * |  segment   |  unit in the segment  |      512 segments x 8 Mi units x 8 bytes = 32 GiB
 * +------------+-----------------------+
 * ```
 * A record that is larger than a segment has a segment slot to itself, so its unit is 0.
 */
export type Address = number;

/** `address >>> SEGMENT_SHIFT` is the index of the segment. */
export const SEGMENT_SHIFT = 23;

/** `address & SEGMENT_MASK` is the unit inside the segment: `<< 3` makes it a byte offset, `<< 1` the offset of a 32-bit word. */
export const SEGMENT_MASK = (1 << SEGMENT_SHIFT) - 1;

/** Bytes of one segment: 64 MiB. */
export const SEGMENT_BYTES = 1 << (SEGMENT_SHIFT + 3);

/** How many segments an address can name. */
export const MAX_SEGMENTS = 1 << (32 - SEGMENT_SHIFT);
