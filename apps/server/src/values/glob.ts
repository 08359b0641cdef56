const STAR = 0x2a;
const QUESTION = 0x3f;
const DASH = 0x2d;
const OPEN = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;
const CARET = 0x5e;

/**
 * Tells whether bytes match a glob pattern by the rules of Redis' `stringmatchlen`: `*`, `?`, `[abc]`, `[^abc]`, `[a-z]` and
 * `\` before a character that is meant literally.
 *
 * As in Redis 7.0.15: a class that is never closed ends with the pattern, a range works both ways round and compares bytes as
 * signed numbers, and the empty text is matched by the empty pattern only (not by `*`: KEYS and SCAN handle a lone `*`
 * themselves). Case is ignored for ASCII letters only.
 *
 * Every element but `*` takes exactly one byte, so going back to the last `*` is enough: O(pattern * text) time, no recursion
 * and no allocation, whatever a client sends.
 *
 * @param pattern bytes that hold the pattern in [patternStart, patternEnd)
 * @param bytes bytes that hold the text in [start, end)
 */
export function globMatch(
  pattern: Uint8Array,
  patternStart: number,
  patternEnd: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  ignoreCase: boolean,
): boolean {
  let p = patternStart;
  let s = start;
  let afterStar = -1;
  let starText = 0;
  while (p < patternEnd && s < end) {
    if (pattern[p] === STAR) {
      do {
        p++;
      } while (p < patternEnd && pattern[p] === STAR);
      if (p === patternEnd) {
        return true;
      }
      afterStar = p;
      starText = s;
      continue;
    }
    const next = matchOne(pattern, p, patternEnd, bytes[s]!, ignoreCase);
    if (next >= 0) {
      p = next;
      s++;
      if (s === end) {
        while (p < patternEnd && pattern[p] === STAR) {
          p++;
        }
      }
      if (p !== patternEnd || s === end) {
        continue;
      }
    }
    if (afterStar < 0) {
      return false;
    }
    starText++;
    p = afterStar;
    s = starText;
  }
  return p === patternEnd && s === end;
}

/** Matches one byte against the element at `p` (not a star): the position of the next element, or -1. */
function matchOne(pattern: Uint8Array, p: number, end: number, byte: number, ignoreCase: boolean): number {
  const element = pattern[p]!;
  if (element === QUESTION) {
    return p + 1;
  }
  if (element === OPEN) {
    return matchClass(pattern, p + 1, end, byte, ignoreCase);
  }
  const at = element === BACKSLASH && end - p >= 2 ? p + 1 : p;
  return isSame(pattern[at]!, byte, ignoreCase) ? at + 1 : -1;
}

/** Matches one byte against the class whose first byte after `[` is at `start`. */
function matchClass(pattern: Uint8Array, start: number, end: number, byte: number, ignoreCase: boolean): number {
  let p = start;
  const negated = p < end && pattern[p] === CARET;
  if (negated) {
    p++;
  }
  let matched = false;
  while (p < end && pattern[p] !== CLOSE) {
    if (pattern[p] === BACKSLASH && end - p >= 2) {
      p++;
      // Redis compares an escaped member with its case even where case is ignored.
      matched = matched || pattern[p] === byte;
    } else if (end - p >= 3 && pattern[p + 1] === DASH) {
      matched = matched || isInRange(pattern[p]!, pattern[p + 2]!, byte, ignoreCase);
      p += 2;
    } else {
      matched = matched || isSame(pattern[p]!, byte, ignoreCase);
    }
    p++;
  }
  if (matched === negated) {
    return -1;
  }
  return p < end ? p + 1 : end;
}

function isInRange(from: number, to: number, byte: number, ignoreCase: boolean): boolean {
  let low = signed(from);
  let high = signed(to);
  let value = signed(byte);
  if (low > high) {
    const swap = low;
    low = high;
    high = swap;
  }
  if (ignoreCase) {
    low = lowerCase(low);
    high = lowerCase(high);
    value = lowerCase(value);
  }
  return value >= low && value <= high;
}

function isSame(a: number, b: number, ignoreCase: boolean): boolean {
  return a === b || (ignoreCase && lowerCase(a) === lowerCase(b));
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

function signed(byte: number): number {
  return (byte << 24) >> 24;
}
