import type { Instance } from '../instance';
import { Ending } from './ending';
import type { Session } from './session';

/** The least limit that is followed: with less, no client could be told anything. That of redis-server. */
const LEAST_LIMIT_BYTES = 128 * 1024;

/**
 * `maxmemory-clients`: when all clients together hold too much (requests that are incomplete, replies that they do not read, queued
 * transactions), those that hold most are disconnected until it is less. CLIENT NO-EVICT exempts a client.
 */
export class ClientEviction {
  readonly #instance: Instance;
  /** Bytes of all clients from which on somebody has to go; 0 for no limit. */
  #limitBytes = 0;
  /** What each client held when it was last looked at, while there is a limit. */
  readonly #held = new Map<Session, number>();
  #total = 0;

  constructor(instance: Instance) {
    this.#instance = instance;
    instance.config.follow(['maxmemory-clients', 'maxmemory'], (values) => {
      this.#limitBytes = limitOf(values['maxmemory-clients'], values.maxmemory);
      this.#held.clear();
      this.#total = 0;
      if (this.#limitBytes > 0) for (const session of instance.sessions.values()) this.#note(session);
    });
  }

  /** Looks what a client holds, and disconnects clients if that makes it too much. O(1) while there is room, O(clients) for each that goes. */
  check(session: Session): void {
    if (this.#limitBytes === 0) return;
    this.#note(session);
    while (this.#total >= this.#limitBytes && this.#evictOne());
  }

  /** A client is gone. O(1). */
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
    const { log, statistics } = this.#instance;
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
  return bytes === 0 ? 0 : Math.max(LEAST_LIMIT_BYTES, bytes);
}
