const LAST_DIGIT =
  'A score that STOREDIST stores may differ in its 16th or 17th digit: JavaScript and the C library round sines differently.';

const SEVERAL_SCORES =
  'In a large set whose members have different scores, which members are found is as undefined as in Redis, and others are.';

/** What is not as in redis-server 7.0.15, by the name of the command, `container|sub` for a subcommand. */
export const commandDifferences: Readonly<Record<string, string>> = {
  auth: 'There is one user, `default`, with the password of `requirepass`.',
  georadius: LAST_DIGIT,
  georadiusbymember: LAST_DIGIT,
  geosearchstore: LAST_DIGIT,
  hello: 'AUTH knows one user, `default`.',
  'client|list':
    'What is told of buffers is what this server has: `qbuf`, `omem` and their neighbours count its own bytes.',
  debug: 'Subcommands that concern C memory, crashes, files or replicas are answered like unknown ones.',
  info: 'Has fields of its own besides (`nanoredis_version`, `node_version`, `multiplexing_reason`, …), and lacks those about the compiler, system calls and threads of Redis.',
  lolwut: 'A picture of its own.',
  'memory|doctor': 'Judges the arena instead of jemalloc.',
  'memory|malloc-stats': 'Tells of the arena instead of jemalloc.',
  'memory|stats': 'Counts the bytes of the arena; what Redis tells of jemalloc is told of the arena.',
  'memory|usage': 'Counts the bytes of our records, which are fewer.',
  'object|freq': 'Small integers are no shared objects, so each key counts for itself.',
  sort: 'Members of sets and sorted sets that are equal under BY and ALPHA come in an order of their own.',
  sort_ro: 'Members of sets and sorted sets that are equal under BY and ALPHA come in an order of their own.',
  shutdown:
    'There are no snapshots yet: SHUTDOWN ends without one, and SHUTDOWN SAVE is refused with the error of Redis for a save that failed.',
  zlexcount: SEVERAL_SCORES,
  zrangebylex: SEVERAL_SCORES,
  zremrangebylex: SEVERAL_SCORES,
  zrevrangebylex: SEVERAL_SCORES,
};

/** What is not as in redis-server 7.0.15 wherever it occurs; a sentence or two each. */
export const generalDifferences: readonly string[] = [
  'A pattern (KEYS, SCAN, PSUBSCRIBE, …) has at most 1 MiB; a longer one is an error. Matching takes time in proportion to the text, and stars are not limited to 1000.',
  'A deadline later than 2^53 - 1 ms after the epoch (the year 287396) is kept as that; TTL and EXPIRETIME tell the same.',
  'A client that hears of its own commands (it publishes to a channel that it has subscribed to, or listens to keyspace events) gets these messages behind the whole reply; redis-server sends them in front of it or in the middle.',
  'UNSUBSCRIBE and its like without arguments confirm in the order of the subscriptions, and PUBSUB CHANNELS lists in that order.',
  'KEYS, SCAN and RANDOMKEY meet keys in an order of their own. The guarantees of SCAN hold; cursors are no Redis cursors.',
  '`maxmemory` limits what the data take in the arena, which INFO calls `used_memory`; buffers of clients lie outside of it.',
  'The LRU policies compare times of use down to a millisecond while they evict. Where reads find next to nothing because they go round through more than there is room for, victims are drawn by lot.',
  'There is no persistence, replication, cluster, access list (ACL), scripting and TLS yet.',
  'The nodes of long lists are not compressed, so `list-compress-depth` changes nothing; nor does `DEBUG QUICKLIST-PACKED-THRESHOLD`, because every list takes elements of any size.',
  'Several servers can live in one process, so `CONFIG SET dir` does not change the working directory of the process.',
];
