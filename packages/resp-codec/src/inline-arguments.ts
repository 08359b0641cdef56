import type { Request } from './request';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;
const LETTER_X = 0x78;

/**
 * Splits the inline command `bytes[start, end)` into arguments, as Redis' `sdssplitargs` does, and appends their spans to `request`.
 * Returns false if the quotes are unbalanced. O(end - start).
 *
 * Arguments are separated by blanks. `"..."` supports `\xHH`, `\n`, `\r`, `\t`, `\b` and `\a`; any other escaped byte stands for itself.
 * `'...'` supports only `\'`. A closing quote must be followed by a blank or the end of the line.
 *
 * Escapes are resolved in place (the result is never longer), so the caller must own `bytes` if the line contains a quote. A line
 * without quotes is not modified. The line must not contain a NUL. `request` must have space for `maxInlineArguments` spans.
 */
export function splitInlineArguments(bytes: Uint8Array, start: number, end: number, request: Request): boolean {
  let at = start;
  for (;;) {
    while (at < end && isSpace(bytes[at]!)) at++;
    if (at >= end) return true;
    const first = at;
    let to = at;
    let quote = 0;
    for (;;) {
      if (at >= end) {
        if (quote !== 0) return false;
        break;
      }
      const byte = bytes[at]!;
      if (quote === 0) {
        if (endsWord(byte)) break;
        if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) quote = byte;
        else {
          if (to !== at) bytes[to] = byte;
          to++;
        }
        at++;
      } else if (byte === quote) {
        at++;
        if (at < end && !isSpace(bytes[at]!)) return false;
        break;
      } else if (byte === BACKSLASH && quote === DOUBLE_QUOTE && at + 1 < end) {
        const value = at + 3 < end && bytes[at + 1] === LETTER_X ? hexByte(bytes[at + 2]!, bytes[at + 3]!) : -1;
        bytes[to++] = value >= 0 ? value : unescaped(bytes[at + 1]!);
        at += value >= 0 ? 4 : 2;
      } else if (byte === BACKSLASH && at + 1 < end && bytes[at + 1] === SINGLE_QUOTE) {
        bytes[to++] = SINGLE_QUOTE;
        at += 2;
      } else {
        bytes[to++] = byte;
        at++;
      }
    }
    request.appendSpan(first, to);
  }
}

/** Returns the maximum number of arguments of an inline command of `bytes` bytes. O(1). */
export function maxInlineArguments(bytes: number): number {
  return (bytes + 1) >> 1;
}

/** C's isspace(): allowed before an argument and after a closing quote. */
function isSpace(byte: number): boolean {
  return byte === SPACE || (byte >= TAB && byte <= CR);
}

/** Whether a byte ends an unquoted argument. Vertical tab and form feed do not, although isspace() includes them. */
function endsWord(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === LF || byte === CR;
}

function hexByte(high: number, low: number): number {
  const value = 16 * hexDigit(high) + hexDigit(low);
  return hexDigit(high) < 0 || hexDigit(low) < 0 ? -1 : value;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function unescaped(byte: number): number {
  switch (byte) {
    case 0x6e:
      return LF;
    case 0x72:
      return CR;
    case 0x74:
      return TAB;
    case 0x62:
      return 0x08;
    case 0x61:
      return 0x07;
    default:
      return byte;
  }
}
