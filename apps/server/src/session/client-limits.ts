import type { Configuration } from '../config/configuration';
import type { OutputBufferLimit } from '../config/kinds/output-buffer-limits';
import type { Keyspace } from '../keyspace/keyspace';
import type { Log } from '../runtime/log';
import type { Statistics } from '../runtime/statistics';
import { Ending } from './ending';
import type { Session } from './session';

/** Seconds over which the peaks of client buffers are remembered. */
const PEAK_SECONDS = 8;

/**
 * Unread replies of a client that has not given the password: without a limit of their own, anyone could fill the memory
 * (CVE-2025-21605). That of Debian's redis-server 7.0.15, where the reply buffer of a client has so many bytes.
 */
const MAX_UNAUTHENTICATED_BYTES = 16384;

/** What the limits of clients need of their server. */
export interface LimitsHost {
  readonly config: Configuration;
  readonly keyspace: Pick<Keyspace, 'nowMs'>;
  readonly log: Log;
  readonly statistics: Pick<Statistics, 'outputLimitDisconnections'>;
  readonly sessions: { values(): Iterable<Session> };
  readonly clientEviction: { check(session: Session): void };
}

/** Disconnects clients that are idle for longer than `timeout`, or leave more replies unread than `client-output-buffer-limit`. */
export class ClientLimits {
  readonly #host: LimitsHost;
  #normal!: OutputBufferLimit;
  /** For clients that have subscribed to something. */
  #pubsub!: OutputBufferLimit;
  /** Milliseconds without a request after which a client is disconnected, or 0. */
  #idleMs = 0;
  readonly #inputPeaks = new Float64Array(PEAK_SECONDS);
  readonly #outputPeaks = new Float64Array(PEAK_SECONDS);
  #slot = 0;
  /** Maximum since the last cron. */
  #inputPeak = 0;

  constructor(host: LimitsHost) {
    this.#host = host;
    host.config.follow(['client-output-buffer-limit', 'timeout'], (values) => {
      const { normal, pubsub } = values['client-output-buffer-limit'];
      this.#normal = normal;
      this.#pubsub = pubsub;
      this.#idleMs = values.timeout * 1000;
    });
  }

  /** Maximum of buffered request bytes of one client within the last seconds. */
  get recentInputPeak(): number {
    return Math.max(this.#inputPeak, ...this.#inputPeaks);
  }

  /** Maximum of unsent reply bytes of one client within the last seconds. */
  get recentOutputPeak(): number {
    return Math.max(...this.#outputPeaks);
  }

  /** A client has sent so many bytes of requests at once, those that were buffered included. O(1). */
  noteInput(bytes: number): void {
    if (bytes > this.#inputPeak) this.#inputPeak = bytes;
  }

  /** Disconnects a client with more unread replies than its limit. Called whenever a client was sent something. O(1). */
  check(session: Session): void {
    this.#host.clientEviction.check(session);
    const limit = session.subscriptions === null ? this.#normal : this.#pubsub;
    if (limit.hardBytes === 0 && limit.softBytes === 0 && session.isAuthenticated) return;
    const { transport } = session;
    if (transport === null || session.ending >= Ending.afterBatch) return;
    if (!this.#isOverLimit(session, transport.queuedBytes, limit)) return;
    this.#host.statistics.outputLimitDisconnections++;
    this.#host.log.write(
      'warning',
      `Client id=${session.id} addr=${transport.remoteAddress} name=${session.name} omem=${transport.queuedBytes} ` +
        'scheduled to be closed ASAP for overcoming of output buffer limits.',
    );
    session.end(Ending.afterBatch);
  }

  /** Disconnects clients that are idle for too long or over a limit, and records the peaks. O(clients). */
  cron(): void {
    const { sessions, keyspace, log } = this.#host;
    const slot = Math.floor(keyspace.nowMs / 1000) % PEAK_SECONDS;
    if (slot !== this.#slot) {
      this.#slot = slot;
      this.#inputPeaks[slot] = 0;
      this.#outputPeaks[slot] = 0;
    }
    this.#inputPeaks[slot] = Math.max(this.#inputPeaks[slot]!, this.#inputPeak);
    this.#inputPeak = 0;
    for (const session of sessions.values()) {
      const { transport } = session;
      if (transport === null) continue;
      this.#inputPeaks[slot] = Math.max(this.#inputPeaks[slot]!, transport.bufferedBytes);
      this.#outputPeaks[slot] = Math.max(this.#outputPeaks[slot]!, transport.queuedBytes);
      this.check(session);
      if (this.#idleMs === 0 || session.isMonitor || session.isBlocked) continue;
      if (session.subscriptions !== null) continue;
      if (keyspace.nowMs - session.lastInteractionMs <= this.#idleMs) continue;
      log.write('verbose', 'Closing idle client');
      session.end(Ending.now);
    }
  }

  #isOverLimit(session: Session, bytes: number, { hardBytes, softBytes, softSeconds }: OutputBufferLimit): boolean {
    if (bytes > MAX_UNAUTHENTICATED_BYTES && !session.isAuthenticated) return true;
    if (hardBytes > 0 && bytes >= hardBytes) return true;
    if (softBytes === 0 || bytes < softBytes) {
      session.softLimitSinceMs = 0;
      return false;
    }
    const { nowMs } = this.#host.keyspace;
    if (session.softLimitSinceMs === 0) session.softLimitSinceMs = nowMs;
    return nowMs - session.softLimitSinceMs > softSeconds * 1000;
  }
}
