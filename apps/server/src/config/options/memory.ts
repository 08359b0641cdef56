import { INT_MAX, LONG_MAX, ULONG_MAX } from '../c-numbers';
import { bool } from '../kinds/bool';
import { oneOf } from '../kinds/enumeration';
import { int, memory } from '../kinds/number';
import { noEffectEver, noEffectYet } from '../option';

/** The memory limit, eviction, expiry and lazy freeing. */
export const memoryOptions = {
  maxmemory: memory(0, ULONG_MAX, 0),
  'maxmemory-policy': oneOf(
    [
      'volatile-lru',
      'volatile-lfu',
      'volatile-random',
      'volatile-ttl',
      'allkeys-lru',
      'allkeys-lfu',
      'allkeys-random',
      'noeviction',
    ],
    'noeviction',
  ),
  'maxmemory-samples': int(1, INT_MAX, 5),
  'maxmemory-eviction-tenacity': int(0, 100, 10),
  'lfu-log-factor': int(0, INT_MAX, 10),
  'lfu-decay-time': int(0, INT_MAX, 1),
  // All deadlines are in an exact index, so the effort sets only the time budget of an expiry cycle.
  'active-expire-effort': int(1, 10, 1),
  'lazyfree-lazy-eviction': bool(false),
  // Large values are freed in slices whether or not lazy freeing is on.
  'lazyfree-lazy-expire': bool(false),
  'lazyfree-lazy-server-del': bool(false),
  'lazyfree-lazy-user-del': bool(false),
  'lazyfree-lazy-user-flush': bool(false),
  'jemalloc-bg-thread': bool(true, noEffectEver),
  activedefrag: bool(false),
  'active-defrag-cycle-min': int(1, 99, 1),
  'active-defrag-cycle-max': int(1, 99, 25),
  'active-defrag-threshold-lower': int(0, 1000, 10),
  'active-defrag-threshold-upper': int(0, 1000, 100),
  'active-defrag-max-scan-fields': int(1, LONG_MAX, 1000),
  'active-defrag-ignore-bytes': memory(1, LONG_MAX, 100 * 2 ** 20),
  'tracking-table-max-keys': int(0, LONG_MAX, 1000000, noEffectYet),
};
