import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { ACCESS_MASK, EntryWord, HAS_EXPIRY } from '../values/entry';
import type { EvictionPolicy } from './eviction-policy';
import type { KeyspaceContext } from './keyspace-context';

/** Highest score of a frequency: that of a count of 0. */
const RAREST = 65_536;

/** Spreads the bits of a hash over a word (2^32 by the golden ratio; Knuth): the finder visits records in the order of the low bits. */
const GOLDEN = 0x9e3779b1;

/**
 * The score of an entry for a VictimFinder under an LRU or LFU policy: the higher, the sooner the entry is evicted; -1 for one
 * that must stay. In a loop, the hash of a key decides, always in the same way: under LRU instead of the last use, under LFU
 * among entries with the same count of uses. O(1); hot, so it reads the words of an entry itself.
 */
export function evictionScore(
  { arena, access }: KeyspaceContext,
  policy: EvictionPolicy,
  isLooping: boolean,
): (entry: Address) => number {
  const { words } = arena;
  const { recency, frequency } = access;
  const needed = policy.startsWith('volatile-') ? HAS_EXPIRY : 0;
  if (policy.endsWith('-lfu')) {
    const hashShare = isLooping ? 2 ** -32 : 0;
    return (entry) => {
      const segment = words[entry >>> SEGMENT_SHIFT]!;
      const word = (entry & SEGMENT_MASK) << 1;
      if (needed !== 0 && (segment[word + EntryWord.keyLength]! & needed) === 0) return -1;
      const byHash = (Math.imul(segment[word + EntryWord.hash]!, GOLDEN) >>> 0) * hashShare;
      return RAREST / (1 + frequency.countOf(segment[word + EntryWord.access]! & ACCESS_MASK) + byHash);
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
