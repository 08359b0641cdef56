import { Request } from '@nanoredis/resp-codec';
import { NOT_AN_INTEGER, ReplyError } from '../errors';
import { parseBigInteger, parseInteger } from '../values/integer';
import { MAX_TEXT_BYTES } from '../values/max-text-bytes';

/** Longer than any name that the server itself has given: of commands, options, events, addresses. */
const MAX_NAME_BYTES = 256;

const TEXT_TOO_LONG = new ReplyError('ERR text argument exceeds the maximum of 1 MiB');

/**
 * The arguments of one command, by position; 0 is the command's name. They are spans of the input, valid only while the
 * command runs: copy what is needed longer.
 */
export class Arguments extends Request {
  /**
   * The argument with one character (U+0000 to U+00FF) for each byte. O(length).
   * @throws ReplyError when it has more than MAX_TEXT_BYTES.
   */
  override toLatin1(index: number): string {
    if (this.length(index) > MAX_TEXT_BYTES) throw TEXT_TOO_LONG;
    return super.toLatin1(index);
  }

  /**
   * The argument decoded as UTF-8. O(length).
   * @throws ReplyError when it has more than MAX_TEXT_BYTES.
   */
  override toUtf8(index: number): string {
    if (this.length(index) > MAX_TEXT_BYTES) throw TEXT_TOO_LONG;
    return super.toUtf8(index);
  }

  /**
   * The argument as latin1, to look it up among the names that the server itself has given. A text that is longer than all of
   * them is cut, and is still none of them. O(1).
   */
  toName(index: number): string {
    return this.#latin1Prefix(index, MAX_NAME_BYTES);
  }

  /**
   * The argument as C prints it with `%s`: latin1, up to the first NUL byte, and cut to MAX_TEXT_BYTES or `maxBytes`. For
   * error texts. O(length).
   */
  toCText(index: number, maxBytes: number = MAX_TEXT_BYTES): string {
    const text = this.#latin1Prefix(index, maxBytes);
    const nul = text.indexOf('\0');
    return nul < 0 ? text : text.slice(0, nul);
  }

  #latin1Prefix(index: number, maxBytes: number): string {
    const { bytes } = this;
    const start = this.start(index);
    const length = Math.min(this.length(index), maxBytes);
    return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1');
  }

  /** Whether two arguments have the same bytes. O(length). */
  isSameArgument(first: number, second: number): boolean {
    const { bytes } = this;
    const length = this.length(first);
    if (length !== this.length(second)) return false;
    for (let i = 0, a = this.start(first), b = this.start(second); i < length; i++) {
      if (bytes[a + i] !== bytes[b + i]) return false;
    }
    return true;
  }

  /**
   * The integer at `index`: exact up to 2^53, the nearest double beyond.
   * @throws ReplyError `error` when it is not a canonical signed 64-bit integer.
   */
  requireInteger(index: number, error: ReplyError = NOT_AN_INTEGER): number {
    const value = parseInteger(this.bytes, this.start(index), this.end(index));
    if (Number.isNaN(value)) throw error;
    return value;
  }

  /**
   * The integer at `index`, from `min` to `max`.
   * @throws ReplyError `error` when it is no integer or out of range.
   */
  requireIntegerBetween(index: number, min: number, max: number, error: ReplyError = NOT_AN_INTEGER): number {
    const value = this.requireInteger(index, error);
    if (value < min || value > max) throw error;
    return value;
  }

  /**
   * The exact signed 64-bit integer at `index`.
   * @throws ReplyError `error` when it is no integer of 64 bits.
   */
  requireBigInteger(index: number, error: ReplyError = NOT_AN_INTEGER): bigint {
    const value = parseBigInteger(this.bytes, this.start(index), this.end(index));
    if (value === null) throw error;
    return value;
  }
}
