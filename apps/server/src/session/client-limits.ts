import type { OutputBufferLimit } from '../config/kinds/output-buffer-limits';
import type { Instance } from '../instance';
import { Ending } from './ending';
import type { Session } from './session';

/** Seconds over which the peaks of client buffers are remembered. */
const PEAK_SECONDS = 8;

/** What clients may use up: time without a request, and memory for replies that they do not read. */
export class ClientLimits {
  readonly #instance: Instance;
  #normal!: OutputBufferLimit;
  /** For clients that have subscribed to something. */
  #pubsub!: OutputBufferLimit;
  /** Milliseconds after which a silent client is disconnected, or 0. */
  #idleMs = 0;
  readonly #inputPeaks = new Float64Array(PEAK_SECONDS);
  readonly #outputPeaks = new Float64Array(PEAK_SECONDS);
  #slot = 0;

  constructor(instance: Instance) {
    this.#instance = instance;
    instance.config.follow(['client-output-buffer-limit', 'timeout'], (values) => {
      const { normal, pubsub } = values['client-output-buffer-limit'];
      this.#normal = normal;
      this.#pubsub = pubsub;
      this.#idleMs = values.timeout * 1000;
    });
  }

  /** The most bytes of requests that waited at one client within the last seconds. */
  get recentInputPeak(): number {
    return Math.max(...this.#inputPeaks);
  }

  /** The most bytes of replies that waited for one client within the last seconds. */
  get recentOutputPeak(): number {
    return Math.max(...this.#outputPeaks);
  }

  /** Disconnects a client that has got more replies than it may leave unread. O(1); called after its requests have run. */
  check(session: Session): void {
    this.#instance.clientEviction.check(session);
    const limit = session.subscriptions === null ? this.#normal : this.#pubsub;
    if (limit.hardBytes === 0 && limit.softBytes === 0) return;
    const { transport } = session;
    if (transport === null || session.ending >= Ending.afterBatch) return;
    if (!this.#isOverLimit(session, transport.queuedBytes, limit)) return;
    this.#instance.statistics.outputLimitDisconnections++;
    this.#instance.log.write(
      'warning',
      `Client id=${session.id} addr=${transport.remoteAddress} name=${session.name} omem=${transport.queuedBytes} ` +
        'scheduled to be closed ASAP for overcoming of output buffer limits.',
    );
    session.end(Ending.afterBatch);
  }

  /** Disconnects clients that are silent for too long or over a limit, and notes the peaks. O(clients). */
  cron(): void {
    const { sessions, keyspace, log } = this.#instance;
    const slot = Math.floor(keyspace.nowMs / 1000) % PEAK_SECONDS;
    if (slot !== this.#slot) {
      this.#slot = slot;
      this.#inputPeaks[slot] = 0;
      this.#outputPeaks[slot] = 0;
    }
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
    if (hardBytes > 0 && bytes >= hardBytes) return true;
    if (softBytes === 0 || bytes < softBytes) {
      session.softLimitSinceMs = 0;
      return false;
    }
    const { nowMs } = this.#instance.keyspace;
    if (session.softLimitSinceMs === 0) session.softLimitSinceMs = nowMs;
    return nowMs - session.softLimitSinceMs > softSeconds * 1000;
  }
}
