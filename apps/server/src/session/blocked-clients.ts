import type { Address } from '@nanoredis/intrusive-ds';
import { ObjectHeap } from '@nanoredis/intrusive-ds/objects';
import { ReplyError } from '../errors';
import type { BlockedKey } from '../keyspace/blocked-keys';
import type { Keyspace } from '../keyspace/keyspace';
import type { Arguments } from '../request/arguments';
import { writeFailure } from '../request/failure';
import { Reply } from '../request/reply';
import type { Clock, Timer } from '../runtime/clock';
import type { Statistics } from '../runtime/statistics';
import { BlockedClient, type Demand } from './blocked-client';
import { Ending } from './ending';
import type { Session } from './session';
import type { ReplySink } from './transport';

const UNBLOCKED = new ReplyError('UNBLOCKED client unblocked via CLIENT UNBLOCK');

/** A buffer for replies that has grown beyond this is not kept. */
const KEPT_REPLY_BYTES = 65536;

/** What blocked clients need of their server. */
export interface BlockingHost {
  readonly keyspace: Pick<Keyspace, 'changes'>;
  readonly clock: Clock;
  readonly statistics: Pick<Statistics, 'countError'>;
  beginBatch(): void;
  endBatch(): void;
}

/**
 * The sessions that wait in a blocking command, and how they come to their replies.
 *
 * 1. BLPOP and its like look at their keys as LPOP would. If they find nothing, they call `block` with a `Demand`:
 *    which type of value they wait for, and what to do with it. From then on the session executes nothing
 *    (`session.isBlocked`); requests that arrive behind the blocking one wait in order. A call that
 *    may not block (inside EXEC) gets the reply of a timeout instead.
 * 2. The keys that are waited for are in `keyspace.changes.blocked` (BlockedKeys). A key that is created, by
 *    whatever command, becomes ready if a client waits for it.
 * 3. When a command is over, with EXEC as a whole, the dispatcher serves the ready keys (`serveReady`): those who wait
 *    for one get their `demand.serve` called, longest waiting first, while there is something left. So the one who
 *    pushes sees the result of the push, and a reply of a blocked client never depends on the order of its arguments,
 *    only on which key was ready first.
 * 4. A served session gets its reply through its sink, is forgotten at all other keys, and goes on with the requests
 *    that wait.
 *
 * A session also stops waiting when its time is up (one timer of the server's clock, for the nearest deadline), by
 * CLIENT UNBLOCK, and when its connection ends. Calls of the in-process API do not hold each other up: see
 * InProcessClient.
 */
export class BlockedClients {
  readonly #host: BlockingHost;
  readonly #reply = new Reply();
  readonly #clients = new Set<BlockedClient>();
  /** Those that do not wait for ever, by their deadlines. */
  readonly #deadlines = new ObjectHeap<BlockedClient>((a, b) => a.deadlineMs < b.deadlineMs);
  #timer: Timer | null = null;
  /** When the timer fires; infinite without one. Never later than the nearest deadline. */
  #timerAtMs = Number.POSITIVE_INFINITY;

  constructor(host: BlockingHost) {
    this.#host = host;
    this.#reply.onError = (text) => host.statistics.countError(text);
  }

  /** Sessions that wait with a deadline. O(1). */
  get timeoutCount(): number {
    return this.#deadlines.size;
  }

  /**
   * Lets a session wait for the keys in arguments `first` to `end` (exclusive), until `deadlineMs` (see
   * requireDeadline). The command has to return at once and has written nothing; its reply comes later.
   * O(keys + log(sessions that wait)).
   */
  block(session: Session, args: Arguments, first: number, end: number, deadlineMs: number, demand: Demand): void {
    const client = new BlockedClient(this, session, session.transport, demand, deadlineMs);
    const { blocked } = this.#host.keyspace.changes;
    for (let i = first; i < end; i++) blocked.add(client, session.database, args.bytes, args.start(i), args.end(i));
    session.blockBy(client);
    this.#clients.add(client);
    if (deadlineMs === Number.POSITIVE_INFINITY) return;
    this.#deadlines.push(client);
    this.#setTimer();
  }

  /**
   * Hands the waiting of `session` over to `heir`, which gets the reply through `sink`; `session` is free again.
   * Returns when it stops waiting, in ms since the epoch; infinite: never. O(1).
   */
  transfer(session: Session, heir: Session, sink: ReplySink): number {
    const client = clientOf(session)!;
    session.unblock(client);
    client.session = heir;
    client.sink = sink;
    heir.blockBy(client);
    return client.deadlineMs;
  }

  /** Serves a client that waits at `key` from the value there; does nothing if its connection has ended. */
  serve(client: BlockedClient, key: BlockedKey, entry: Address): void {
    if (client.session.isClosing || client.sink?.isOpen === false) return;
    const reply = this.#begin(client);
    const { errors } = reply;
    try {
      client.demand.serve(entry, key.key, reply, client.session);
    } catch (error) {
      writeFailure(error, reply);
    }
    this.#finish(client, reply.errors !== errors);
  }

  /** Ends the waiting of a session as CLIENT UNBLOCK does: as if timed out, or with an error. Returns whether it waited. */
  unblock(session: Session, withError: boolean): boolean {
    const client = clientOf(session);
    if (client === null) return false;
    const reply = this.#begin(client);
    if (withError) reply.error(UNBLOCKED.text);
    else reply.nullArray();
    this.#finish(client, true);
    return true;
  }

  /** The session of a client has ended, and no reply will come. O(keys that it waits for). */
  cancel(client: BlockedClient): void {
    this.#forget(client);
    client.sink?.destroy();
  }

  /** Ends all that wait, and the timer. */
  stop(): void {
    this.#timer?.cancel();
    for (const { session } of this.#clients) session.end(Ending.now);
  }

  #begin(client: BlockedClient): Reply {
    const reply = this.#reply;
    reply.position = 0;
    reply.protocol = client.session.protocol;
    return reply;
  }

  /** Sends what was written, and lets the session go on. */
  #finish(client: BlockedClient, hasFailed: boolean): void {
    const { session, sink, isSilent } = client;
    const reply = this.#reply;
    this.#forget(client);
    session.unblock(client);
    if (hasFailed) session.lastCommand!.failed++;
    sink?.write(isSilent ? reply.bytes.subarray(0, 0) : reply.written());
    if (reply.bytes.length > KEPT_REPLY_BYTES) {
      reply.bytes = Buffer.allocUnsafeSlow(KEPT_REPLY_BYTES);
      reply.limit = KEPT_REPLY_BYTES;
    }
  }

  #forget(client: BlockedClient): void {
    this.#clients.delete(client);
    this.#host.keyspace.changes.blocked.remove(client);
    if (client.deadlineMs !== Number.POSITIVE_INFINITY) this.#deadlines.remove(client);
  }

  /**
   * Sees to it that the timer fires at the nearest deadline, or earlier: one for a client that is gone is left to fire
   * in vain.
   */
  #setTimer(): void {
    const { first } = this.#deadlines;
    if (first === null || first.deadlineMs >= this.#timerAtMs) return;
    const { clock } = this.#host;
    this.#timer?.cancel();
    this.#timerAtMs = first.deadlineMs;
    this.#timer = clock.setTimer(first.deadlineMs - clock.nowMs(), this.#endDue);
  }

  readonly #endDue = (): void => {
    const host = this.#host;
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    host.beginBatch();
    const nowMs = host.clock.nowMs();
    for (let { first } = this.#deadlines; first !== null && first.deadlineMs <= nowMs; first = this.#deadlines.first) {
      this.#begin(first).nullArray();
      this.#finish(first, false);
    }
    this.#setTimer();
    host.endBatch();
  };
}

/** The client of a session in a blocking command, or null. */
function clientOf({ block }: Session): BlockedClient | null {
  return block instanceof BlockedClient ? block : null;
}
