import type { Configuration } from '../config/configuration';
import type { Log } from '../runtime/log';
import type { Statistics } from '../runtime/statistics';
import { Ending } from './ending';
import type { Session } from './session';

/** Smaller limits count as this one, because with less no reply could be sent. That of redis-server. */
const MIN_LIMIT_BYTES = 128 * 1024;

/** What the eviction of clients needs of its server. */
export interface EvictionHost {
  readonly config: Configuration;
  readonly log: Log;
  readonly statistics: Pick<Statistics, 'evictedClients'>;
  readonly sessions: { values(): Iterable<Session> };
}

/**
 * `maxmemory-clients`: when the buffers of all clients (incomplete requests, unread replies, queued transactions) exceed the limit,
 * the clients with the largest are disconnected until they do not. CLIENT NO-EVICT exempts a client.
 */
export class ClientEviction {
  readonly #host: EvictionHost;
  /** Bytes of all clients at which one is evicted; 0 for no limit. */
  #limitBytes = 0;
  /** Bytes of each client at its last check, while there is a limit. */
  readonly #held = new Map<Session, number>();
  #total = 0;

  constructor(host: EvictionHost) {
    this.#host = host;
    host.config.follow(['maxmemory-clients', 'maxmemory'], (values) => {
      this.#limitBytes = limitOf(values['maxmemory-clients'], values.maxmemory);
      this.#held.clear();
      this.#total = 0;
      if (this.#limitBytes > 0) for (const session of host.sessions.values()) this.#note(session);
    });
  }

  /** Counts the bytes of a client, and evicts clients while all together have too many. O(1), and O(clients) for each eviction. */
  check(session: Session): void {
    if (this.#limitBytes === 0) return;
    this.#note(session);
    while (this.#total >= this.#limitBytes && this.#evictOne());
  }

  /** A session has ended. O(1). */
  forget(session: Session): void {
    this.#total -= this.#held.get(session) ?? 0;
    this.#held.delete(session);
  }

  #note(session: Session): void {
    const { transport, transaction } = session;
    if (transport === null || session.ending >= Ending.afterBatch) return;
    const bytes = transport.queuedBytes + transport.bufferedBytes + (transaction?.bytes ?? 0);
    this.#total += bytes - (this.#held.get(session) ?? 0);
    this.#held.set(session, bytes);
  }

  #evictOne(): boolean {
    let largest: Session | null = null;
    let most = 0;
    for (const [session, bytes] of this.#held) {
      if (bytes <= most || session.isNoEvict) continue;
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
