import type { Address } from '@nanoredis/intrusive-ds';
import { ObjectHeap } from '@nanoredis/intrusive-ds/objects';
import { ReplyError } from '../errors';
import type { BlockedKey } from '../keyspace/blocked-keys';
import type { Keyspace } from '../keyspace/keyspace';
import type { Arguments } from '../request/arguments';
import { writeFailure } from '../request/failure';
import { Reply } from '../request/reply';
import type { Batch } from '../runtime/batch';
import type { Clock, Timer } from '../runtime/clock';
import type { Log } from '../runtime/log';
import type { Statistics } from '../runtime/statistics';
import { BlockedClient, type WaitingOperation } from './blocked-client';
import { Ending } from './ending';
import type { Session } from './session';
import type { ReplySink } from './transport';

const UNBLOCKED = new ReplyError('UNBLOCKED client unblocked via CLIENT UNBLOCK');

/** The buffer for replies is kept for the next one unless it has grown beyond this. */
const MAX_KEPT_REPLY_BYTES = 65536;

/** What blocked clients need of their server. */
export interface BlockingHost {
  readonly keyspace: Pick<Keyspace, 'changes'>;
  readonly clock: Clock;
  readonly statistics: Pick<Statistics, 'countError'>;
  readonly log: Log;
  readonly batch: Pick<Batch, 'begin' | 'end'>;
}

/**
 * The clients that wait in a blocking command (BLPOP and its like).
 *
 * 1. A blocking command that finds nothing to take calls `block`: from then on its session executes no requests, and the client
 *    waits at each of its keys in `keyspace.changes.blocked`.
 * 2. Every change of the data goes through `keyspace.changes`, and a key becomes ready when a value of a type that a client waits
 *    for is created under it.
 * 3. When the execution unit has ended (a command, or a transaction as a whole), the clients at ready keys are served in the order in
 *    which they came: the operation of each takes from the value and writes the reply, and its session goes on with the requests
 *    behind the blocking one.
 *
 * So a client that pushes sees the list that it has pushed to, and which key serves a client depends on which was ready first, not
 * on the order of its arguments. This is the order of redis-server 7.0's blocked.c.
 *
 * A client also stops waiting at its deadline (one timer of the server's clock, for the nearest one), by CLIENT UNBLOCK, and when its
 * session ends. A call of the in-process API waits in a session of its own: see InProcessClient.
 */
export class BlockedClients {
  readonly #host: BlockingHost;
  readonly #reply = new Reply();
  readonly #clients = new Set<BlockedClient>();
  /** The clients with a deadline, the nearest first. */
  readonly #deadlines = new ObjectHeap<BlockedClient>((a, b) => a.deadlineMs < b.deadlineMs);
  #timer: Timer | null = null;
  /** When the timer fires; infinite without one. Never later than the nearest deadline. */
  #timerAtMs = Number.POSITIVE_INFINITY;

  constructor(host: BlockingHost) {
    this.#host = host;
    this.#reply.onError = (text) => host.statistics.countError(text);
  }

  /** Number of clients with a deadline. O(1). */
  get timeoutCount(): number {
    return this.#deadlines.size;
  }

  /**
   * Lets a session wait for the keys in arguments `first` to `end` (exclusive), until `deadlineMs` (see
   * requireDeadline). The command has written nothing and returns at once; its reply comes later.
   * O(keys + log(clients with a deadline)).
   */
  block(
    session: Session,
    args: Arguments,
    first: number,
    end: number,
    deadlineMs: number,
    operation: WaitingOperation,
  ): void {
    const client = new BlockedClient(this, session, operation, deadlineMs);
    const { blocked } = this.#host.keyspace.changes;
    for (let i = first; i < end; i++) blocked.add(client, session.database, args.bytes, args.start(i), args.end(i));
    session.blockBy(client);
    this.#clients.add(client);
    if (deadlineMs === Number.POSITIVE_INFINITY) return;
    this.#deadlines.push(client);
    this.#setTimer();
  }

  /**
   * Moves a client from `session`, which is not blocked any more, to `heir`, whose reply is written to `sink`. Returns its
   * deadline, in ms since the epoch; infinite: none. O(1).
   */
  transfer(session: Session, heir: Session, sink: ReplySink): number {
    const client = clientOf(session)!;
    session.unblock(client);
    client.session = heir;
    client.sink = sink;
    heir.blockBy(client);
    return client.deadlineMs;
  }

  /**
   * Executes the operation of a client. What it propagates is an execution unit of its own. Does nothing if the connection of the
   * client has closed: its session ends with this batch, and the value is for the next client.
   */
  serve(client: BlockedClient, key: BlockedKey, entry: Address): void {
    if (client.session.isClosing || client.sink?.isOpen === false) return;
    const reply = this.#begin(client);
    const { errors } = reply;
    try {
      client.operation.serve(entry, key.key, reply, client.session);
    } catch (error) {
      writeFailure(error, reply, 0, reply.handedOver, this.#host.log);
    }
    this.#host.keyspace.changes.endService();
    this.#finish(client, reply.errors !== errors);
  }

  /** CLIENT UNBLOCK: ends the wait of a session as its timeout does, or with an error. Returns whether it waited. O(its keys). */
  unblock(session: Session, withError: boolean): boolean {
    const client = clientOf(session);
    if (client === null) return false;
    const reply = this.#begin(client);
    if (withError) reply.error(UNBLOCKED.text);
    else reply.nullArray();
    this.#finish(client, true);
    return true;
  }

  /** The session of a client has ended, so that there will be no reply. O(its keys). */
  cancel(client: BlockedClient): void {
    this.#forget(client);
    client.sink?.destroy();
  }

  /** Ends the sessions of all blocked clients, and the timer. */
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

  /** Sends the reply that was written, and ends the block. */
  #finish(client: BlockedClient, hasFailed: boolean): void {
    const { session, sink, isSilent } = client;
    const reply = this.#reply;
    this.#forget(client);
    session.unblock(client);
    if (hasFailed) session.lastCommand!.failed++;
    sink?.write(isSilent ? reply.bytes.subarray(0, 0) : reply.written());
    if (reply.bytes.length > MAX_KEPT_REPLY_BYTES) {
      reply.bytes = Buffer.allocUnsafeSlow(MAX_KEPT_REPLY_BYTES);
      reply.limit = MAX_KEPT_REPLY_BYTES;
    }
  }

  #forget(client: BlockedClient): void {
    this.#clients.delete(client);
    this.#host.keyspace.changes.blocked.remove(client);
    if (client.deadlineMs !== Number.POSITIVE_INFINITY) this.#deadlines.remove(client);
  }

  /** Sets the timer to the nearest deadline. It may fire earlier, for a client that has stopped waiting. */
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
    host.batch.begin();
    const nowMs = host.clock.nowMs();
    for (let { first } = this.#deadlines; first !== null && first.deadlineMs <= nowMs; first = this.#deadlines.first) {
      this.#begin(first).nullArray();
      this.#finish(first, false);
    }
    this.#setTimer();
    host.batch.end();
  };
}

/** The client of a session in a blocking command, or null. */
function clientOf({ block }: Session): BlockedClient | null {
  return block instanceof BlockedClient ? block : null;
}
