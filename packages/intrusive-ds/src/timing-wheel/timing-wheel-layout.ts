/** Where a record keeps what the wheel needs: byte offsets of words, multiples of 4. */
export interface TimingWheelLayout {
  /** The deadline's low 32 bits; in milliseconds since the epoch, up to 2^53. */
  readonly deadlineLow: number;
  /** The deadline's high 32 bits. */
  readonly deadlineHigh: number;
  /** Next record of the same slot; the wheel's own. */
  readonly next: number;
  /** Previous record of the same slot; the wheel's own. */
  readonly previous: number;
}

/** Bits of a deadline that one level looks at. */
export const LEVEL_BITS = 6;
/** Levels: 54 bits of milliseconds. */
export const LEVELS = 9;
/** Slots of a level. */
export const SLOTS = 1 << LEVEL_BITS;
/** The list of records whose deadline is not after the wheel's time. */
export const DUE = LEVELS * SLOTS;
/** The list of records that have to be put into slots anew, since the wheel's time has reached (or left) theirs. */
export const PENDING = DUE + 1;
/** All lists of a wheel. */
export const LISTS = PENDING + 1;
/** How many records `earliest` compares in one slot. */
export const LOOKS = 64;
/** Clocks that go back by less than this are waited for. */
export const REWIND_MS = 1000;

/** What the high word of a deadline counts. */
export const WORD = 0x1_0000_0000;
