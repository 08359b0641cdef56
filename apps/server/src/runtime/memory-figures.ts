import type { Instance } from '../instance';
import { EXPIRY_BYTES } from '../values/entry';

/** What the hash table takes for one key: the head of a bucket. */
export const BUCKET_BYTES = 4;

/**
 * What a server's memory goes to, at the moment when it is made: INFO memory, MEMORY STATS and MEMORY DOCTOR tell it. Numbers
 * are bytes. The data are what the arena says, exactly; what JavaScript needs besides is the process's, and shared by
 * all servers in it. O(clients).
 */
export class MemoryFigures {
  /** Bytes in use in the arena: what `maxmemory` limits. */
  readonly used: number;
  /** Bytes that the arena has taken from the machine. */
  readonly reserved: number;
  /** The most that was ever in use. */
  readonly peak: number;
  /** What was in use when the server had started. */
  readonly startup: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly heapReserved: number;
  /** Requests and replies that wait, and queued transactions; they lie outside the arena. */
  readonly clients: number;
  readonly keys: number;
  readonly sessions: number;
  /** What is in use for something else than keys and values: the empty databases, and what finds keys and their deadlines. */
  readonly overhead: number;

  constructor({ keyspace, statistics, startupMemory, sessions }: Instance) {
    this.used = keyspace.arena.used;
    this.reserved = keyspace.arena.reserved;
    statistics.peakMemory = Math.max(statistics.peakMemory, this.used);
    this.peak = statistics.peakMemory;
    this.startup = startupMemory;
    const { rss, heapUsed, heapTotal } = process.memoryUsage();
    this.rss = rss;
    this.heapUsed = heapUsed;
    this.heapReserved = heapTotal;
    let clients = 0;
    for (const { transport, transaction } of sessions.values()) {
      clients += (transport?.queuedBytes ?? 0) + (transport?.bufferedBytes ?? 0) + (transaction?.bytes ?? 0);
    }
    this.clients = clients;
    this.sessions = sessions.size;
    this.keys = keyspace.databases.reduce((sum, { size }) => sum + size, 0);
    this.overhead = keyspace.databases.reduce(
      (sum, { size, volatileSize }) => sum + size * BUCKET_BYTES + volatileSize * EXPIRY_BYTES,
      this.startup,
    );
  }

  get dataset(): number {
    return Math.max(0, this.used - this.overhead);
  }

  /** Share of the data in what was added since the start, 0 to 100. */
  get datasetPercentage(): number {
    const added = this.used - this.startup;
    return added <= 0 ? 0 : Math.min(100, (this.dataset * 100) / added);
  }
}
