import { MAX_PREFETCHED_KEYS } from '@nanoredis/intrusive-ds';
import {
  OUT_OF_MEMORY,
  PARSED,
  type ParseOutcome,
  PROTOCOL_ERROR,
  QUERY_TOO_LARGE,
  type RequestLimits,
  RequestParser,
} from '@nanoredis/resp-codec';
import type { Keyspace } from '../keyspace/keyspace';
import { Arguments } from '../request/arguments';
import type { Reply } from '../request/reply';
import type { Batch } from '../runtime/batch';
import { type Log, logFailure } from '../runtime/log';
import type { Statistics } from '../runtime/statistics';
import { Ending } from '../session/ending';
import type { Session } from '../session/session';
import type { ClientWaker, NetworkClient } from './network-client';
import { SocketReply } from './socket-reply';

/** Requests of a pipeline that are parsed before the first of them is executed: as many as a table can prefetch. */
const MAX_PARSED_AHEAD = MAX_PREFETCHED_KEYS;

/** Bytes of requests behind a blocking one after which no more are read until it is answered. */
const MAX_BYTES_BEHIND_BLOCKED = 1024 * 1024;

/** What the pump needs of the server whose requests it executes. */
export interface PumpedServer {
  readonly dispatcher: {
    /** Executes one request and writes its reply; the arguments are read only during the call. */
    execute(session: Session, args: Arguments, reply: Reply): void;
    /** Requests follow that were not ready when the last command ended: the time in between is charged to no command. */
    beginRequests(): void;
  };
  readonly keyspace: Pick<Keyspace, 'nowMs' | 'table'>;
  readonly clientLimits: { check(session: Session): void; noteInput(bytes: number): void };
  readonly log: Log;
  readonly statistics: Pick<Statistics, 'queryLimitDisconnections' | 'countError'>;
  readonly batch: Pick<Batch, 'begin' | 'end'>;
}

/**
 * Turns the bytes that clients send into requests, and executes them. Requests run one at a time, so a few request objects and
 * one reply serve all connections, and an ordinary request allocates nothing.
 *
 * A pipeline is parsed ahead, some requests at a time, so that the memory of their keys is fetched side by side. A client that
 * is blocked keeps its requests: those that were parsed already in `session.postponed`, the bytes behind them in its parser.
 */
export class RequestPump implements ClientWaker {
  readonly reply = new SocketReply();
  readonly #server: PumpedServer;
  readonly #limits: RequestLimits;
  readonly #requests = Array.from({ length: MAX_PARSED_AHEAD }, () => new Arguments());
  readonly #keySpans = new Int32Array(2 * MAX_PARSED_AHEAD);
  #parsed = 0;
  /** The parsed request (its index) in front of which an empty one has come; -1 for none. */
  #afterEmpty = -1;
  /** Clients that go on when the running request is done, in the order in which they were woken. */
  readonly #woken: NetworkClient[] = [];
  #isServingWoken = false;
  #windowBytes = 0;

  constructor(server: PumpedServer, limits: RequestLimits) {
    this.#server = server;
    this.#limits = limits;
    this.reply.onError = (text) => server.statistics.countError(text);
    this.reply.onCommit = (connection) => {
      const { session } = connection.context as NetworkClient;
      server.clientLimits.check(session);
      return session.ending < Ending.afterBatch;
    };
  }

  get windowBytes(): number {
    return this.#windowBytes;
  }

  /** A parser for one connection, which fills the requests of this pump. */
  createParser(): RequestParser {
    return new RequestParser(this.#requests[0]!, this.#limits);
  }

  /** Executes the requests in a window of received bytes; what is incomplete is kept. */
  receive(client: NetworkClient, bytes: Buffer, start: number, end: number): void {
    const { parser } = client;
    this.#windowBytes = parser.bufferedBytes + end - start;
    this.#server.clientLimits.noteInput(this.#windowBytes);
    parser.feed(bytes, start, end);
    this.#serve(client);
  }

  /**
   * Goes on with a client that was blocked, after the request that runs now: its requests come between two of other clients,
   * never in the middle of one. Without a running request of a socket, the caller may be one of the process itself, which is done
   * before the next microtask.
   */
  wake(client: NetworkClient): void {
    this.#woken.push(client);
    if (this.reply.connection === null && this.#woken.length === 1) queueMicrotask(() => this.#serveWoken());
  }

  /** Clients that are woken meanwhile are appended, so that a chain of them does not grow the stack. */
  #serveWoken(): void {
    if (this.#isServingWoken) return;
    this.#isServingWoken = true;
    try {
      for (let client = this.#woken.shift(); client !== undefined; client = this.#woken.shift()) {
        const { session, connection } = client;
        // A client that has closed its end since then is not served any more: its session ends with this batch.
        if (session.isClosing || session.isBlocked || !connection.isOpen) continue;
        this.#server.batch.begin();
        this.#windowBytes = client.parser.bufferedBytes;
        this.#serve(client);
        if (!session.isBlocked && !session.isClosing) connection.resumeReading();
      }
    } finally {
      this.#isServingWoken = false;
    }
    this.#server.batch.end();
  }

  /** Executes what has arrived, until it is used up or the session is blocked or ends. */
  #serve(client: NetworkClient): void {
    try {
      this.#serveRequests(client);
    } catch (error) {
      this.#giveUp(client, error);
    }
    if (this.#woken.length > 0) this.#serveWoken();
  }

  /** Ends a client whose requests met a fault of the server outside of any command. Other clients are served on. */
  #giveUp({ session }: NetworkClient, error: unknown): void {
    logFailure(this.#server.log, 'the requests of a client failed', error);
    this.reply.abandon();
    session.end(Ending.now);
    session.endRequests();
  }

  #serveRequests(client: NetworkClient): void {
    const { session, parser, connection } = client;
    const { reply } = this;
    session.lastInteractionMs = this.#server.keyspace.nowMs;
    session.beginRequests();
    reply.attach(connection, session.protocol);
    this.#executePostponed(session);
    while (!session.isBlocked && !session.isClosing) {
      parser.unauthenticated = session.mustAuthenticate;
      const outcome = this.#parseAhead(parser);
      this.#executeParsed(session);
      if (outcome === PARSED || session.isBlocked || session.isClosing) continue;
      if (outcome === PROTOCOL_ERROR) {
        this.#reportProtocolError(session, `ERR ${parser.error}`);
        session.end(Ending.afterReplies);
      } else if (outcome === QUERY_TOO_LARGE) {
        this.#server.statistics.queryLimitDisconnections++;
        session.end(Ending.afterReplies);
      } else if (outcome === OUT_OF_MEMORY) {
        this.#server.log.write('warning', 'Closing a client: there is not enough memory for its request');
        session.end(Ending.afterReplies);
      }
      break;
    }
    reply.detach();
    this.#server.clientLimits.check(session);
    session.endRequests();
    if (session.isBlocked && !session.isClosing) this.#keepUnread(client);
  }

  /** Keeps what a blocked client has sent. Its connection is still read from, since the end of the connection shows only so. */
  #keepUnread({ parser, connection }: NetworkClient): void {
    parser.detach();
    if (parser.bufferedBytes > MAX_BYTES_BEHIND_BLOCKED) connection.pauseReading();
  }

  /** A client that wants no replies gets no error either; it is counted. */
  #reportProtocolError(session: Session, text: string): void {
    if (session.replyMode === 'on') this.reply.error(text);
    else this.#server.statistics.countError(text);
  }

  /**
   * Parses the next complete requests of the window, up to MAX_PARSED_AHEAD or to one behind an empty request; returns how the last
   * attempt ended.
   */
  #parseAhead(parser: RequestParser): ParseOutcome {
    const requests = this.#requests;
    // Before authentication every request may change what the parser accepts.
    const most = parser.unauthenticated ? 1 : requests.length;
    let count = 0;
    let outcome: ParseOutcome;
    parser.skippedRequests = 0;
    do {
      parser.target = requests[count]!;
      outcome = parser.next();
      if (outcome !== PARSED) break;
      count++;
    } while (count < most && parser.isInPlace && parser.skippedRequests === 0);
    this.#parsed = count;
    this.#afterEmpty = parser.skippedRequests === 0 ? -1 : outcome === PARSED ? count - 1 : count;
    return outcome;
  }

  /** Executes what #parseAhead has parsed. Requests behind a blocking one are postponed, those of an ending session dropped. */
  #executeParsed(session: Session): void {
    const { dispatcher, keyspace } = this.#server;
    const requests = this.#requests;
    const count = this.#parsed;
    const afterEmpty = this.#afterEmpty;
    if (count > 1) this.#prefetch(session, count);
    dispatcher.beginRequests();
    for (let i = 0; i < count && !session.isClosing; i++) {
      if (i === afterEmpty) this.#skipEmpty(session);
      if (session.isBlocked) session.postponed.push(new Arguments().assign(requests[i]!));
      else dispatcher.execute(session, requests[i]!, this.reply);
    }
    if (afterEmpty === count) this.#skipEmpty(session);
    keyspace.table.endPrefetch();
  }

  /** Most commands look up their first argument: its memory is fetched for all requests at once. */
  #prefetch(session: Session, count: number): void {
    const requests = this.#requests;
    const spans = this.#keySpans;
    const { bytes } = requests[0]!;
    let keys = 0;
    for (let i = 0; i < count; i++) {
      const request = requests[i]!;
      if (request.count < 2 || request.bytes !== bytes) continue;
      spans[2 * keys] = request.start(1);
      spans[2 * keys + 1] = request.end(1);
      keys++;
    }
    session.database.prefetch(bytes, spans, keys);
  }

  #executePostponed(session: Session): void {
    const { postponed } = session;
    while (postponed.length > 0 && !session.isBlocked && !session.isClosing) {
      const request = postponed.shift()!;
      if (request.count === 0) session.skipEmptyRequest();
      else this.#server.dispatcher.execute(session, request, this.reply);
    }
  }

  /** An empty request has its effect now, or in its place among the postponed ones. */
  #skipEmpty(session: Session): void {
    if (!session.isBlocked) session.skipEmptyRequest();
    else if (session.replyMode !== 'off') session.postponed.push(new Arguments());
  }
}
