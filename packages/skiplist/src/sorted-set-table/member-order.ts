import { type Address, KEY_LENGTH_MASK, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { Element } from './sorted-set-layout';

/** Compares the members of two elements of the arena with these segments, as `compareMembers` does. O(common prefix). */
export function compareElements(segments: Uint32Array[], element: Address, other: Address): number {
  const words = segments[element >>> SEGMENT_SHIFT]!;
  const word = (element & SEGMENT_MASK) << 1;
  const otherWords = segments[other >>> SEGMENT_SHIFT]!;
  const otherWord = (other & SEGMENT_MASK) << 1;
  return compareMembers(
    words,
    word + Element.member,
    words[word + Element.length]! & KEY_LENGTH_MASK,
    otherWords,
    otherWord + Element.member,
    otherWords[otherWord + Element.length]! & KEY_LENGTH_MASK,
  );
}

/**
 * Compares two members as memcmp does; a prefix is before the longer member. Returns a negative number, 0 or a positive one. Each
 * member is `length` bytes from word `word` of `words`; the bytes behind them in the last word are ignored. O(common prefix).
 *
 * Hot: members of equal scores mostly have a common prefix, which is compared four bytes at a time.
 */
export function compareMembers(
  words: Uint32Array,
  word: number,
  length: number,
  otherWords: Uint32Array,
  otherWord: number,
  otherLength: number,
): number {
  const common = Math.min(length, otherLength);
  const whole = common >>> 2;
  for (let i = 0; i < whole; i++) {
    const difference = words[word + i]! ^ otherWords[otherWord + i]!;
    if (difference !== 0) return firstByteDifference(words[word + i]!, otherWords[otherWord + i]!, difference);
  }
  const rest = common & 3;
  if (rest !== 0) {
    const difference = (words[word + whole]! ^ otherWords[otherWord + whole]!) & ((1 << (rest << 3)) - 1);
    if (difference !== 0) return firstByteDifference(words[word + whole]!, otherWords[otherWord + whole]!, difference);
  }
  return length - otherLength;
}

/** The difference of the first bytes in memory (the low bytes of the words) that are not equal. */
function firstByteDifference(word: number, other: number, difference: number): number {
  const shift = (31 - Math.clz32(difference & -difference)) & 24;
  return ((word >>> shift) & 0xff) - ((other >>> shift) & 0xff);
}
