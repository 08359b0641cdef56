import type { PackingLimits } from '../values/packing-limits';
import type { Configuration } from './configuration';

/** Copies the limits of packed collections from the configuration, now and after every CONFIG SET. */
export function followPackingLimits(config: Configuration, limits: PackingLimits): void {
  config.follow(
    [
      'hash-max-listpack-entries',
      'hash-max-listpack-value',
      'list-max-listpack-size',
      'set-max-intset-entries',
      'zset-max-listpack-entries',
      'zset-max-listpack-value',
      'hll-sparse-max-bytes',
    ],
    (values) => {
      limits.hashEntries = values['hash-max-listpack-entries'];
      limits.hashValueBytes = values['hash-max-listpack-value'];
      limits.listNodeSize = values['list-max-listpack-size'];
      limits.setIntegers = values['set-max-intset-entries'];
      limits.sortedSetEntries = values['zset-max-listpack-entries'];
      limits.sortedSetValueBytes = values['zset-max-listpack-value'];
      limits.hyperLogLogSparseBytes = values['hll-sparse-max-bytes'];
    },
  );
}
