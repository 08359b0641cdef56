/**
 * Up to which size a collection stays packed in one record: the options of redis.conf of the same names, which a keyspace's
 * stores share. A limit that changes concerns what is written from then on.
 */
export class PackingLimits {
  /** hash-max-listpack-entries: most fields of a packed hash. */
  hashEntries = 512;
  /** hash-max-listpack-value: longest field or value of a packed hash, in bytes. */
  hashValueBytes = 64;
  /** list-max-listpack-size: elements of a list's node, or -1 … -5 for nodes of 4, 8, 16, 32, 64 KB. */
  listNodeSize = -2;
  /** set-max-intset-entries: most members of a set that is kept as sorted integers. */
  setIntegers = 512;
  /** zset-max-listpack-entries: most members of a packed sorted set. */
  sortedSetEntries = 128;
  /** zset-max-listpack-value: longest member of a packed sorted set, in bytes. */
  sortedSetValueBytes = 64;
  /** hll-sparse-max-bytes: a sparse HyperLogLog longer than this becomes dense. */
  hyperLogLogSparseBytes = 3000;
}
