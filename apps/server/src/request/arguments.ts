import { Request } from '@nanoredis/resp-codec';
import { NOT_AN_INTEGER, type ReplyError } from '../errors';
import { parseBigInteger, parseInteger } from '../values/integer';

/**
 * The arguments of one command, by position; 0 is the command's name. They are spans into the input bytes and valid only
 * while the command runs: what outlives it must be copied.
 */
export class Arguments extends Request {
  /** The argument as C prints it with `%s`: latin1, up to the first NUL byte. For error texts. O(length). */
  toCText(index: number): string {
    const text = this.toLatin1(index);
    const nul = text.indexOf('\0');
    return nul < 0 ? text : text.slice(0, nul);
  }

  /** Tells whether two arguments have the same bytes. O(length). */
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
   * The whole number at `index`: exact up to 2^53, beyond it the nearest double (a bound or an offset that is as good as
   * infinite).
   * @throws ReplyError `error`, where it is not a canonical signed 64-bit number.
   */
  requireInteger(index: number, error: ReplyError = NOT_AN_INTEGER): number {
    const value = parseInteger(this.bytes, this.start(index), this.end(index));
    if (Number.isNaN(value)) throw error;
    return value;
  }

  /**
   * The whole number at `index`, from `least` to `most`.
   * @throws ReplyError `error`, where it is none or out of that range.
   */
  requireIntegerBetween(index: number, least: number, most: number, error: ReplyError = NOT_AN_INTEGER): number {
    const value = this.requireInteger(index, error);
    if (value < least || value > most) throw error;
    return value;
  }

  /**
   * The exact signed 64-bit number at `index`.
   * @throws ReplyError `error`, where it is none.
   */
  requireBigInteger(index: number, error: ReplyError = NOT_AN_INTEGER): bigint {
    const value = parseBigInteger(this.bytes, this.start(index), this.end(index));
    if (value === null) throw error;
    return value;
  }
}
