/** Where a record has the fields of the wheel: byte offsets of words, multiples of 4. */
export interface TimingWheelLayout {
  /** The low 32 bits of the deadline, which is in milliseconds since the epoch, up to 2^53. */
  readonly deadlineLow: number;
  /** The high 32 bits of the deadline. */
  readonly deadlineHigh: number;
  /** Next record of the same slot. Only the wheel writes it. */
  readonly next: number;
  /** Previous record of the same slot. Only the wheel writes it. */
  readonly previous: number;
}

/** Bits of a deadline that one level uses. */
export const LEVEL_BITS = 6;
/** Levels: 54 bits of milliseconds. */
export const LEVELS = 9;
/** Slots of a level. */
export const SLOTS = 1 << LEVEL_BITS;
/** The list of records whose deadline is not after the wheel's time. */
export const DUE = LEVELS * SLOTS;
/** The list of records that need another slot, because the wheel's time has entered (or left) the time span of theirs. */
export const PENDING = DUE + 1;
/** How many lists a wheel has. */
export const LISTS = PENDING + 1;
/** How many records of one slot `earliest` compares at most. */
export const MAX_COMPARED = 64;
/** When the clock goes back by less than this, the wheel waits for it. */
export const REWIND_MS = 1000;

/** The unit of the high word of a deadline, in milliseconds. */
export const WORD = 0x1_0000_0000;
