import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { ACCESS_MASK, EntryWord, HAS_EXPIRY } from '../values/entry';
import type { EvictionPolicy } from './eviction';
import type { Keyspace } from './keyspace';

/** Highest score of a frequency: that of a count of 0. */
const RAREST = 65_536;

/** Spreads the bits of a hash over a word (2^32 by the golden ratio; Knuth), as the low ones are the order that the finder goes by. */
const GOLDEN = 0x9e3779b1;

/**
 * What a VictimFinder asks of each entry that it meets under an LRU or LFU policy: the higher the score, the sooner the entry goes; -1 for one
 * that must stay. In a loop, the hash of a key stands for its luck, and the unlucky ones go, each time the same: instead of what was not used
 * for longest, or of those with the same count of uses. O(1); hot, so it reads the words of an entry itself.
 */
export function evictionScore(
  { arena, recency, frequency }: Keyspace,
  policy: EvictionPolicy,
  isLooping: boolean,
): (entry: Address) => number {
  const { words } = arena;
  const needed = policy.startsWith('volatile-') ? HAS_EXPIRY : 0;
  if (policy.endsWith('-lfu')) {
    const luckShare = isLooping ? 2 ** -32 : 0;
    return (entry) => {
      const segment = words[entry >>> SEGMENT_SHIFT]!;
      const word = (entry & SEGMENT_MASK) << 1;
      if (needed !== 0 && (segment[word + EntryWord.keyLength]! & needed) === 0) return -1;
      const luck = (Math.imul(segment[word + EntryWord.hash]!, GOLDEN) >>> 0) * luckShare;
      return RAREST / (1 + frequency.countOf(segment[word + EntryWord.access]! & ACCESS_MASK) + luck);
    };
  }
  if (isLooping) {
    return (entry) => {
      const segment = words[entry >>> SEGMENT_SHIFT]!;
      const word = (entry & SEGMENT_MASK) << 1;
      if (needed !== 0 && (segment[word + EntryWord.keyLength]! & needed) === 0) return -1;
      return 1 + (Math.imul(segment[word + EntryWord.hash]!, GOLDEN) >>> 16);
    };
  }
  return (entry) => {
    const segment = words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    if (needed !== 0 && (segment[word + EntryWord.keyLength]! & needed) === 0) return -1;
    return 1 + recency.age(segment[word + EntryWord.access]!);
  };
}
