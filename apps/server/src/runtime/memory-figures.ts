import type { Keyspace } from '../keyspace/keyspace';
import { EXPIRY_BYTES } from '../values/entry';
import type { Statistics } from './statistics';

/** What is in use outside of the data. */
export interface MemorySource {
  readonly statistics: Pick<Statistics, 'peakMemory'>;
  /** Bytes of the arena that were in use before there were any data. */
  readonly startupMemory: number;
  readonly sessions: { readonly size: number; values(): Iterable<SessionMemory> };
}

interface SessionMemory {
  readonly transport: { readonly queuedBytes: number; readonly requestBytes: number } | null;
  readonly transaction: { readonly bytes: number } | null;
}

/** Bytes of the hash table per key: the head of a bucket. */
export const BUCKET_BYTES = 4;

/**
 * A snapshot of a server's memory usage, for INFO memory, MEMORY STATS and MEMORY DOCTOR. Numbers are bytes. The data set is
 * exactly what the arena reports. The JavaScript heap belongs to the process and is shared by all servers in it. O(clients).
 */
export class MemoryFigures {
  /** Bytes in use in the arena: what `maxmemory` limits. */
  readonly used: number;
  /** Bytes that the arena has reserved from the system. */
  readonly reserved: number;
  /** Bytes of the pages of the arena that records are in. */
  readonly active: number;
  /** Maximum of `used` so far. */
  readonly peak: number;
  /** `used` after the start of the server. */
  readonly startup: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly heapReserved: number;
  /** Input and output buffers of clients, and queued transactions; they are outside the arena. */
  readonly clients: number;
  readonly keys: number;
  readonly sessions: number;
  /** Bytes in use for anything but keys and values: empty databases, hash tables and the expiry index. */
  readonly overhead: number;

  constructor(keyspace: Keyspace, { statistics, startupMemory, sessions }: MemorySource) {
    this.used = keyspace.arena.used;
    this.active = keyspace.arena.active;
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
      clients += (transport?.queuedBytes ?? 0) + (transport?.requestBytes ?? 0) + (transaction?.bytes ?? 0);
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

  /** Share of the data set in the memory used since the start, 0 to 100. */
  get datasetPercentage(): number {
    const added = this.used - this.startup;
    return added <= 0 ? 0 : Math.min(100, (this.dataset * 100) / added);
  }
}
