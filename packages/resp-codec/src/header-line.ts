const CR = 0x0d;
const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;

/** The line is incomplete. */
export const LINE_OPEN = 0;
/** The line is complete; see `first` and `value`. */
export const LINE_READ = 1;
/** The line is longer than `maxBytes`. */
export const LINE_TOO_LONG = 2;

/**
 * Reads a line such as `*3\r\n` or `$16\r\n` byte by byte and keeps a number instead of the bytes, so a line that arrives in pieces
 * is not stored and not read twice.
 *
 * It accepts the same lines as Redis: a line ends at its first carriage return, the byte behind that is not checked, and a line
 * with a NUL never ends (Redis searches with strchr). The number follows `string2ll`: no plus sign, no leading zero, no blank, within
 * 64 bits.
 */
export class HeaderLine {
  /** The first byte of the line, valid after `LINE_READ`. */
  first = 0;
  /** The position of the next byte to read. */
  position = 0;
  #length = 0;
  #negative = false;
  #digits = 0;
  #malformed = false;
  #hasNul = false;
  #ended = false;
  /** The first ten digits and the next nine. Both are exact, so the bounds of 64 bits are compared without a bigint. */
  #head = 0;
  #tail = 0;

  /** Number of bytes read of an incomplete line; 0 between lines. */
  get pendingBytes(): number {
    return this.#length + (this.#ended ? 1 : 0);
  }

  /** Whether there is nothing before the carriage return. */
  get emptyLine(): boolean {
    return this.#length === 0;
  }

  /** Prepares for the next line. O(1). */
  reset(): void {
    this.first = 0;
    this.#length = 0;
    this.#negative = false;
    this.#digits = 0;
    this.#malformed = false;
    this.#hasNul = false;
    this.#ended = false;
    this.#head = 0;
    this.#tail = 0;
  }

  /** The number in the line, rounded to 53 bits, or NaN if it is not an integer of 64 bits. O(1). */
  get value(): number {
    if (this.#malformed || this.#digits === 0) return Number.NaN;
    if (this.#digits > 19) return Number.NaN;
    if (this.#digits === 19) {
      const limit = this.#negative ? 854775808 : 854775807;
      if (this.#head > 9223372036 || (this.#head === 9223372036 && this.#tail > limit)) return Number.NaN;
    }
    const size = this.#digits <= 10 ? this.#head : this.#head * 10 ** (this.#digits - 10) + this.#tail;
    return this.#negative ? -size : size;
  }

  /** Reads from `start` to the end of the line, or to `end`, and sets `position`. O(bytes read). */
  read(bytes: Uint8Array, start: number, end: number, maxBytes: number): number {
    let at = start;
    while (at < end) {
      const byte = bytes[at]!;
      at++;
      if (this.#ended) {
        this.position = at;
        return LINE_READ;
      }
      if (byte === CR && !this.#hasNul) {
        this.#ended = true;
        continue;
      }
      if (byte === 0) this.#hasNul = true;
      if (this.#length === 0) this.first = byte;
      else this.#digit(byte);
      this.#length++;
      if (this.#length > maxBytes) {
        this.position = at;
        return LINE_TOO_LONG;
      }
    }
    this.position = at;
    return LINE_OPEN;
  }

  #digit(byte: number): void {
    if (byte === MINUS && this.#length === 1) this.#negative = true;
    else if (byte < ZERO || byte > NINE) this.#malformed = true;
    else {
      // "0" is a number; "00", "01" and "-0" are not.
      if (this.#digits === 1 && this.#head === 0) this.#malformed = true;
      if (this.#negative && this.#digits === 0 && byte === ZERO) this.#malformed = true;
      if (this.#digits < 10) this.#head = this.#head * 10 + byte - ZERO;
      else if (this.#digits < 19) this.#tail = this.#tail * 10 + byte - ZERO;
      this.#digits++;
    }
  }
}
