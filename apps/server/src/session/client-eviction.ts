import { getHeapStatistics } from 'node:v8';
import type { Configuration } from '../config/configuration';
import type { WatchedKeys } from '../keyspace/watched-keys';
import type { Log } from '../runtime/log';
import type { Statistics } from '../runtime/statistics';
import { Ending } from './ending';
import type { Session } from './session';

/** Smaller limits count as this one, because with less no reply could be sent. That of redis-server. */
const MIN_LIMIT_BYTES = 128 * 1024;

/** Measured bytes of V8's heap for a subscription, a watched key and a queued command, whatever their length. */
const SUBSCRIPTION_BYTES = 430;
const WATCHED_KEY_BYTES = 470;
const QUEUED_COMMAND_BYTES = 515;

/** Share of V8's heap that all clients together may take for these. */
const HEAP_SHARE = 0.5;

/** What the eviction of clients needs of its server. */
export interface EvictionHost {
  readonly config: Configuration;
  readonly log: Log;
  readonly keyspace: { readonly changes: { readonly watched: Pick<WatchedKeys, 'countOf'> } };
  readonly statistics: Pick<Statistics, 'evictedClients'>;
  readonly sessions: { values(): Iterable<Session> };
}

/**
 * `maxmemory-clients`: when the buffers of all clients (incomplete requests, unread replies, queued transactions) exceed the limit,
 * the clients with the largest are disconnected until they do not. CLIENT NO-EVICT exempts a client.
 *
 * Without any option, the same holds for what clients keep in V8's heap (subscriptions, watched keys, queued commands): more
 * than half of the heap, and the client with most of it is disconnected, because a full heap ends the process.
 */
export class ClientEviction {
  readonly #host: EvictionHost;
  /** Bytes of all clients at which one is evicted; 0 for no limit. */
  #limitBytes = 0;
  /** Bytes of each client at its last check, while there is a limit. */
  readonly #held = new Map<Session, number>();
  #total = 0;
  readonly #maxHeapBytes: number;
  /** Bytes in the heap of each client that has some, at its last check. */
  readonly #heapHeld = new Map<Session, number>();
  #heapTotal = 0;

  /** @param maxHeapBytes limits what all clients together keep in V8's heap. */
  constructor(host: EvictionHost, maxHeapBytes = getHeapStatistics().heap_size_limit * HEAP_SHARE) {
    this.#host = host;
    this.#maxHeapBytes = maxHeapBytes;
    host.config.follow(['maxmemory-clients', 'maxmemory'], (values) => {
      this.#limitBytes = limitOf(values['maxmemory-clients'], values.maxmemory);
      this.#held.clear();
      this.#total = 0;
      if (this.#limitBytes > 0) for (const session of host.sessions.values()) this.#note(session);
    });
  }

  /** Counts the bytes of a client, and evicts clients while all together have too many. O(1), and O(clients) for each eviction. */
  check(session: Session): void {
    const heapBytes = this.heapBytesOf(session);
    if (heapBytes > 0 || this.#heapHeld.size > 0) this.#noteHeap(session, heapBytes);
    if (this.#limitBytes === 0) return;
    this.#note(session);
    while (this.#total >= this.#limitBytes && this.#evictOne());
  }

  /** Bytes that a client keeps in V8's heap for subscriptions, watched keys and queued commands, roughly. O(1). */
  heapBytesOf(session: Session): number {
    const { subscriptions, transaction } = session;
    return (
      (subscriptions === null ? 0 : subscriptions.size * SUBSCRIPTION_BYTES) +
      (transaction === null ? 0 : transaction.queue.length * QUEUED_COMMAND_BYTES) +
      this.#host.keyspace.changes.watched.countOf(session) * WATCHED_KEY_BYTES
    );
  }

  /** A session has ended. O(1). */
  forget(session: Session): void {
    this.#heapTotal -= this.#heapHeld.get(session) ?? 0;
    this.#heapHeld.delete(session);
    this.#total -= this.#held.get(session) ?? 0;
    this.#held.delete(session);
  }

  #note(session: Session): void {
    const { transport, transaction } = session;
    if (transport === null || session.ending >= Ending.afterBatch) return;
    const bytes =
      transport.queuedBytes + transport.bufferedBytes + (transaction?.bytes ?? 0) + this.heapBytesOf(session);
    this.#total += bytes - (this.#held.get(session) ?? 0);
    this.#held.set(session, bytes);
  }

  #noteHeap(session: Session, bytes: number): void {
    if (session.transport === null || session.ending >= Ending.afterBatch) return;
    this.#heapTotal += bytes - (this.#heapHeld.get(session) ?? 0);
    if (bytes > 0) this.#heapHeld.set(session, bytes);
    else this.#heapHeld.delete(session);
    while (this.#heapTotal > this.#maxHeapBytes && this.#evictLargestOf(this.#heapHeld, true));
  }

  #evictOne(): boolean {
    return this.#evictLargestOf(this.#held, false);
  }

  #evictLargestOf(held: ReadonlyMap<Session, number>, evenIfExempt: boolean): boolean {
    let largest: Session | null = null;
    let most = 0;
    for (const [session, bytes] of held) {
      if (bytes <= most || (session.isNoEvict && !evenIfExempt)) continue;
      largest = session;
      most = bytes;
    }
    if (largest === null) return false;
    const { log, statistics } = this.#host;
    const { id, name, transport } = largest;
    log.write('notice', `Evicting client: id=${id} addr=${transport!.remoteAddress} name=${name} tot-mem=${most}`);
    statistics.evictedClients++;
    this.forget(largest);
    largest.end(Ending.afterBatch);
    return true;
  }
}

/** The limit in bytes; a negative `option` is a percentage of `maxmemory`, and none at all without one. */
function limitOf(option: number, maxmemory: number): number {
  const bytes = option < 0 ? (maxmemory * -option) / 100 : option;
  return bytes === 0 ? 0 : Math.max(MIN_LIMIT_BYTES, bytes);
}
