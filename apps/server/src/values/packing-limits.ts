/**
 * The sizes up to which a collection stays packed in one record: the options of redis.conf of the same names, shared by the
 * stores of a keyspace. A changed limit applies to later writes.
 */
export class PackingLimits {
  /** hash-max-listpack-entries: maximum number of fields of a packed hash. */
  hashEntries = 512;
  /** hash-max-listpack-value: maximum length of a field or value of a packed hash, in bytes. */
  hashValueBytes = 64;
  /** list-max-listpack-size: maximum number of elements of a list node, or -1 … -5 for nodes of 4, 8, 16, 32, 64 KB. */
  listNodeSize = -2;
  /** set-max-intset-entries: maximum number of members of an intset. */
  setIntegers = 512;
  /** zset-max-listpack-entries: maximum number of members of a packed sorted set. */
  sortedSetEntries = 128;
  /** zset-max-listpack-value: maximum length of a member of a packed sorted set, in bytes. */
  sortedSetValueBytes = 64;
  /** hll-sparse-max-bytes: a sparse HyperLogLog longer than this becomes dense. */
  hyperLogLogSparseBytes = 3000;
}
