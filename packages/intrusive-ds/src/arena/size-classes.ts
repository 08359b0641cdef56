/**
 * Size classes: one for every 8 bytes up to 256, then eight for each doubling up to 32 KiB. Rounding wastes at most 12.5 %, and at most
 * 7 bytes of a record up to 256 bytes. Class 0 means no class; larger records are runs of pages.
 *
 * ```
 * class   1   2   3 …  32 |  33   34 …   40 |   41 …    48 | …      88
 * bytes   8  16  24 … 256 | 288  320 …  512 |  576 …  1024 | …   32768
 * ```
 */
export const CLASS_COUNT = 88;

/** The largest record that has a size class, in bytes. */
export const MAX_CLASSED_BYTES = 32 * 1024;

/** The largest record of the classes that are 8 bytes apart: up to here, the class is the number of 8-byte units. */
export const MAX_FINE_BYTES = 256;

const FINE_CLASSES = 32;

/** The class of a record of more than MAX_FINE_BYTES bytes; 0 where none is large enough. O(1). */
export function coarseClassOf(bytes: number): number {
  if (bytes > MAX_CLASSED_BYTES) return 0;
  const last = (bytes - 1) >>> 3;
  const log2 = 31 - Math.clz32(last);
  return FINE_CLASSES - 7 + ((log2 - 5) << 3) + (last >>> (log2 - 3));
}

function unitsOfClass(sizeClass: number): number {
  if (sizeClass <= FINE_CLASSES) return sizeClass;
  const step = sizeClass - FINE_CLASSES - 1;
  return ((step & 7) + 9) << ((step >>> 3) + 2);
}

/** Units of 8 bytes that a record of each class occupies, by class. */
export const CLASS_UNITS = Uint32Array.from({ length: CLASS_COUNT + 1 }, (_, sizeClass) => unitsOfClass(sizeClass));
