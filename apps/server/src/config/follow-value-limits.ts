import type { Values } from '../values/values';
import type { Configuration } from './configuration';

/** Copies the limits of values from the configuration, now and after every CONFIG SET. */
export function followValueLimits(config: Configuration, values: Values): void {
  const { limits } = values;
  config.follow(['proto-max-bulk-len'], (options) => {
    values.maxStringBytes = options['proto-max-bulk-len'];
  });
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
    (options) => {
      limits.hashEntries = options['hash-max-listpack-entries'];
      limits.hashValueBytes = options['hash-max-listpack-value'];
      limits.listNodeSize = options['list-max-listpack-size'];
      limits.setIntegers = options['set-max-intset-entries'];
      limits.sortedSetEntries = options['zset-max-listpack-entries'];
      limits.sortedSetValueBytes = options['zset-max-listpack-value'];
      limits.hyperLogLogSparseBytes = options['hll-sparse-max-bytes'];
    },
  );
}
