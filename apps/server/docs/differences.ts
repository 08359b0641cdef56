const LAST_DIGIT =
  'A score that STOREDIST stores may differ in its 16th or 17th digit: JavaScript and the C library round sines differently.';

const SEVERAL_SCORES =
  'In a large set whose members have different scores, the result is undefined as in Redis, and may be another one.';

/** Differences from redis-server 7.0.15 by command, `container|sub` for a subcommand. */
export const commandDifferences: Readonly<Record<string, string>> = {
  auth: 'There is one user, `default`, with the password of `requirepass`.',
  georadius: LAST_DIGIT,
  georadiusbymember: LAST_DIGIT,
  geosearchstore: LAST_DIGIT,
  hello: 'AUTH accepts one user, `default`.',
  'client|list': 'Buffer fields (`qbuf`, `omem` and others) report the buffers of NanoRedis.',
  debug: 'Subcommands for C memory, crashes, files or replicas are rejected like unknown ones.',
  info: 'Has additional fields (`nanoredis_version`, `node_version`, `multiplexing_reason`, …), and lacks those about the compiler, system calls and threads of Redis.',
  lolwut: 'Draws a different picture.',
  'memory|doctor': 'Diagnoses the arena instead of jemalloc.',
  'memory|malloc-stats': 'Reports the arena instead of jemalloc.',
  'memory|stats': 'Counts the bytes of the arena, and reports the arena instead of jemalloc.',
  'memory|usage': 'Counts the bytes of the records of NanoRedis, which are smaller.',
  'object|freq': 'Small integers are not shared objects, so each key has its own counter.',
  sort: 'Members of sets and sorted sets that are equal under BY and ALPHA may be in another order.',
  sort_ro: 'Members of sets and sorted sets that are equal under BY and ALPHA may be in another order.',
  shutdown:
    'There are no snapshots yet: SHUTDOWN saves none, and SHUTDOWN SAVE replies with the error of Redis for a failed save.',
  zlexcount: SEVERAL_SCORES,
  zrangebylex: SEVERAL_SCORES,
  zremrangebylex: SEVERAL_SCORES,
  zrevrangebylex: SEVERAL_SCORES,
};

/** Differences from redis-server 7.0.15 that are not specific to a command; a sentence or two each. */
export const generalDifferences: readonly string[] = [
  'A pattern (KEYS, SCAN, PSUBSCRIBE, …) has at most 1 MiB; a longer one is an error. Matching takes time proportional to the text, and the number of stars is not limited to 1000.',
  '`proto-max-bulk-len` is at most 1 GiB, so no string is longer; redis-server accepts any number.',
  'A name, a number or an option has at most 1 MiB of text; a longer one is an error. Keys, values and names of channels have no such limit.',
  'Subscriptions, watched keys and queued commands of all clients take at most half of the heap of V8 (`--max-old-space-size`); beyond that, the client with most of them is disconnected and counted in `evicted_clients`.',
  'The name of a client (CLIENT SETNAME) has at most 1024 bytes, and a member of a sorted set less than 512 MiB.',
  'A deadline later than 2^53 - 1 ms after the epoch (the year 287396) is stored as that time, and TTL and EXPIRETIME report it.',
  'A client that receives messages caused by its own commands (on a channel that it has subscribed to, or keyspace events) gets them after the whole reply; redis-server sends them before or within the reply.',
  'UNSUBSCRIBE, PUNSUBSCRIBE and SUNSUBSCRIBE without arguments confirm in the order of the subscriptions, and PUBSUB CHANNELS lists channels in that order.',
  'KEYS, SCAN and RANDOMKEY return keys in another order. SCAN has the same guarantees, but its cursors are not those of Redis.',
  '`activedefrag` can be enabled, as in a redis-server with its own jemalloc; that of Debian refuses it. It moves records in slices of half a millisecond.',
  '`maxmemory` limits the memory of the data in the arena, which INFO reports as `used_memory`; buffers of clients do not count.',
  'The LRU policies compare times of use with a resolution of down to a millisecond while they evict. While reads loop through more data than fit and have almost no hits, a hash of the key selects the victims.',
  'Persistence, replication, cluster, access lists (ACL), scripting and TLS are not implemented yet.',
  'Nodes of long lists are not compressed, so `list-compress-depth` has no effect. `DEBUG QUICKLIST-PACKED-THRESHOLD` has no effect either, because every list node accepts elements of any size.',
  'Several servers can run in one process, so `CONFIG SET dir` does not change the working directory of the process.',
];
