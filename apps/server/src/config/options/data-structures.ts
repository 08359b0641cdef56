import { INT_MAX, INT_MIN, LONG_MAX } from '../c-numbers';
import { int, memory } from '../kinds/number';
import { alias, noEffectEver, noEffectYet } from '../option';

/** The sizes up to which a collection stays packed in one record. */
export const dataStructureOptions = {
  'hash-max-listpack-entries': int(0, LONG_MAX, 512, alias('hash-max-ziplist-entries')),
  'hash-max-listpack-value': memory(0, LONG_MAX, 64, alias('hash-max-ziplist-value')),
  'list-max-listpack-size': int(INT_MIN, INT_MAX, -2, alias('list-max-ziplist-size')),
  'list-compress-depth': int(0, INT_MAX, 0, noEffectEver),
  'set-max-intset-entries': int(0, LONG_MAX, 512),
  'zset-max-listpack-entries': int(0, LONG_MAX, 128, alias('zset-max-ziplist-entries')),
  'zset-max-listpack-value': memory(0, LONG_MAX, 64, alias('zset-max-ziplist-value')),
  'hll-sparse-max-bytes': memory(0, LONG_MAX, 3000),
  'stream-node-max-bytes': memory(0, LONG_MAX, 4096, noEffectYet),
  'stream-node-max-entries': int(0, LONG_MAX, 100, noEffectYet),
};
