import type { CachePolicy } from '../cache-options';
import type { Deadlines } from '../deadlines';
import type { SlotList } from '../slot-list';
import { DeadlineOrder } from './deadline-order';
import type { EvictionOrder } from './eviction-order';
import { FrequencyOrder } from './frequency-order';
import { RandomOrder } from './random-order';
import { RecencyOrder } from './recency-order';
import { SieveOrder } from './sieve-order';
import { SlotSampler } from './slot-sampler';

/** The order that a policy asks for, over the slots and deadlines of a cache. */
export function evictionOrderOf(
  policy: CachePolicy,
  slots: SlotList,
  deadlines: Deadlines,
  random: () => number,
  now: () => number,
): EvictionOrder {
  switch (policy) {
    case 'lru':
      return new RecencyOrder(slots);
    case 'lfu':
      return new FrequencyOrder(new SlotSampler(slots, random), slots.capacity, random, now);
    case 'ttl':
      return new DeadlineOrder(slots, deadlines);
    case 'random':
      return new RandomOrder(new SlotSampler(slots, random));
    case 'sieve':
      return new SieveOrder(slots);
  }
}
