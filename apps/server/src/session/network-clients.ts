import type { Connection, ConnectionHandler, SharedOutput } from '@nanoredis/event-loop';
import { MOST_FORESEEN } from '@nanoredis/intrusive-ds';
import {
  PARSED,
  type ParseOutcome,
  PROTOCOL_ERROR,
  QUERY_TOO_LARGE,
  type RequestLimits,
  RequestParser,
} from '@nanoredis/resp-codec';
import type { Instance } from '../instance';
import { Arguments } from '../request/arguments';
import { Reply } from '../request/reply';
import type { Session, Transport } from './session';

/** Requests of a pipeline that are parsed before the first of them is executed: as many as a table can foresee. */
const LOOK_AHEAD = MOST_FORESEEN;

/** Room that a reply finds at first; a batch of small replies fits, and a longer one asks for more. */
const ROOM_BYTES = 4096;

/** Bytes of requests behind a blocking one after which no more are read until it is answered. */
const MOST_BYTES_BEHIND_BLOCKED = 1024 * 1024;

/** Writes replies straight into the output room of one connection after the other. */
class SocketReply extends Reply {
  connection: Connection | null = null;
  /** Told of replies that fill more than one room, so that one batch can not pass the limits of output. */
  onCommit: (connection: Connection) => void = () => {};

  /** Begins to write to a connection. */
  attach(connection: Connection, protocol: 2 | 3): void {
    this.connection = connection;
    this.protocol = protocol;
    this.#takeRoom(connection, ROOM_BYTES);
  }

  /** Hands over what was written; it leaves at the end of the iteration. */
  detach(): void {
    this.connection!.commit(this.position);
    this.connection = null;
  }

  override overflow(needed: number): void {
    const connection = this.connection!;
    connection.commit(this.position);
    this.onCommit(connection);
    this.#takeRoom(connection, Math.max(needed, ROOM_BYTES));
  }

  #takeRoom(connection: Connection, bytes: number): void {
    connection.reserve(bytes);
    this.bytes = connection.roomBytes;
    this.position = connection.roomStart;
    this.limit = connection.roomEnd;
  }
}

/** A session's client behind a socket. */
class NetworkClient implements Transport {
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly isLocal: boolean;
  readonly isUnix: boolean;
  /** Is to be destroyed as soon as its request has run; replies that have not left are lost. */
  isDoomed = false;

  constructor(
    readonly connection: Connection,
    readonly session: Session,
    readonly parser: RequestParser,
    private readonly clients: NetworkClients,
  ) {
    this.isUnix = connection.isUnix;
    const local = this.isUnix ? connection.localAddress : connection.remoteAddress;
    this.remoteAddress = this.isUnix
      ? `${connection.localAddress}:0`
      : endpoint(connection.remoteAddress, connection.remotePort);
    this.localAddress = this.isUnix
      ? `${connection.localAddress}:0`
      : endpoint(connection.localAddress, connection.localPort);
    this.isLocal = this.isUnix || /^(127\.|::1$|::ffff:127\.)/.test(local);
  }

  get fd(): number {
    return this.connection.fd;
  }

  get isOpen(): boolean {
    return this.connection.isOpen;
  }

  get queuedBytes(): number {
    return this.connection.queuedBytes;
  }

  get bufferedBytes(): number {
    return this.parser.bufferedBytes;
  }

  write(bytes: Uint8Array): void {
    this.clients.write(this.connection, bytes);
  }

  writeShared(output: SharedOutput): void {
    this.clients.writeShared(this.connection, output);
  }

  end(): void {
    // While its own request runs, the reply has to be handed over first; NetworkClients ends it then.
    if (!this.clients.isServing(this.connection)) this.connection.end();
  }

  destroy(): void {
    // While its own request runs, the reply is being written into its room; NetworkClients destroys it then.
    if (this.clients.isServing(this.connection)) this.isDoomed = true;
    else this.connection.destroy();
  }

  pause(): void {
    this.connection.pauseReading();
  }

  resume(): void {
    this.clients.resume(this);
  }
}

/**
 * The sessions that come over sockets: turns input into requests, requests into replies, and nothing in between touches
 * the heap. A few request objects and one reply writer serve all connections, because requests run one at a time.
 */
export class NetworkClients implements ConnectionHandler {
  readonly #instance: Instance;
  /** Requests that are parsed ahead of their execution, so that the keys of a pipeline are fetched side by side. */
  readonly #requests = Array.from({ length: LOOK_AHEAD }, () => new Arguments());
  readonly #keySpans = new Int32Array(2 * LOOK_AHEAD);
  #parsed = 0;
  readonly #reply = new SocketReply();
  readonly #limits: RequestLimits;
  /** Clients that go on when the running request is done, in the order in which they were woken. */
  readonly #woken: NetworkClient[] = [];
  #isServingWoken = false;
  #count = 0;

  constructor(instance: Instance, limits: RequestLimits) {
    this.#instance = instance;
    this.#limits = limits;
    this.#reply.onError = (text) => instance.statistics.countError(text);
    this.#reply.onCommit = (connection) => instance.clientLimits.check((connection.context as NetworkClient).session);
  }

  /** Connections that are open. */
  get count(): number {
    return this.#count;
  }

  onOpen(connection: Connection): void {
    const instance = this.#instance;
    this.#count++;
    instance.statistics.connectionsReceived++;
    const refusal = this.#refusal(connection);
    if (refusal !== null) {
      instance.statistics.rejectedConnections++;
      this.write(connection, Buffer.from(refusal));
      connection.end();
      return;
    }
    instance.beginBatch();
    const session = instance.openSession();
    const client = new NetworkClient(connection, session, new RequestParser(this.#requests[0]!, this.#limits), this);
    client.parser.unauthenticated = !session.isAuthenticated;
    session.transport = client;
    connection.context = client;
    connection.setKeepAlive(instance.config.values['tcp-keepalive']);
  }

  onData(connection: Connection, bytes: Buffer, start: number, end: number): void {
    const client = connection.context as NetworkClient | null;
    if (client === null) return;
    this.#instance.beginBatch();
    client.parser.feed(bytes, start, end);
    this.#serve(client);
  }

  onClose(connection: Connection): void {
    this.#count--;
    const client = connection.context as NetworkClient | null;
    if (client === null) return;
    client.parser.release();
    this.#instance.closeSession(client.session);
  }

  onBatch(): void {
    this.#instance.endBatch();
  }

  /** Whether a request of this connection is running right now. */
  isServing(connection: Connection): boolean {
    return this.#reply.connection === connection;
  }

  /** Sends bytes to a connection, in order with the reply that is being written, if it is its own. */
  write(connection: Connection, bytes: Uint8Array): void {
    if (this.isServing(connection)) this.#reply.raw(bytes, 0, bytes.length);
    else connection.write(bytes, 0, bytes.length);
  }

  /** Like `write`, of bytes that go to many connections. */
  writeShared(connection: Connection, output: SharedOutput): void {
    if (this.isServing(connection)) this.#reply.raw(output.bytes, output.start, output.end);
    else connection.writeShared(output);
  }

  /**
   * Goes on with a client that was blocked, after the request that is running now: its own requests come between two of others,
   * never into the middle of one. If none of ours runs, it may be one of the process itself, which is over before the next microtask.
   */
  resume(client: NetworkClient): void {
    this.#woken.push(client);
    if (this.#reply.connection === null && this.#woken.length === 1) queueMicrotask(() => this.#serveWoken());
  }

  /** One that is woken by one of these comes behind them, not on top of them on the stack. */
  #serveWoken(): void {
    if (this.#isServingWoken) return;
    this.#isServingWoken = true;
    try {
      for (let client = this.#woken.shift(); client !== undefined; client = this.#woken.shift()) {
        const { session, connection } = client;
        if (session.isClosing || session.isBlocked) continue;
        this.#instance.beginBatch();
        this.#serve(client);
        if (!session.isBlocked && !session.isClosing) connection.resumeReading();
      }
    } finally {
      this.#isServingWoken = false;
    }
    this.#instance.endBatch();
  }

  /** Executes what has arrived, until it is used up or the session must wait or end. */
  #serve(client: NetworkClient): void {
    const { session, parser, connection } = client;
    const reply = this.#reply;
    session.lastInteractionMs = this.#instance.keyspace.nowMs;
    reply.attach(connection, session.protocol);
    this.#executePostponed(session);
    while (!session.isBlocked && !session.isClosing) {
      parser.unauthenticated = !session.isAuthenticated;
      const outcome = this.#parseAhead(parser);
      this.#executeParsed(session);
      if (outcome === PARSED || session.isBlocked || session.isClosing) continue;
      if (outcome === PROTOCOL_ERROR) {
        reply.error(`ERR ${parser.error}`);
        session.isClosing = true;
      } else if (outcome === QUERY_TOO_LARGE) {
        this.#instance.statistics.queryLimitDisconnections++;
        session.isClosing = true;
      }
      break;
    }
    reply.detach();
    this.#instance.clientLimits.check(session);
    if (client.isDoomed) connection.destroy();
    else if (session.isClosing) connection.end();
    else if (session.isBlocked) this.#keepUnread(client);
    if (this.#woken.length > 0) this.#serveWoken();
  }

  /** Keeps what a blocked client has sent; one in a blocking command is still read from, because only so its end shows. */
  #keepUnread({ parser, connection }: NetworkClient): void {
    parser.detach();
    if (parser.bufferedBytes > MOST_BYTES_BEHIND_BLOCKED) connection.pauseReading();
  }

  /** Parses requests that are complete in the window, as far as the look-ahead reaches; returns how the last attempt ended. */
  #parseAhead(parser: RequestParser): ParseOutcome {
    const requests = this.#requests;
    // Before authentication every request may change what the parser lets through.
    const most = parser.unauthenticated ? 1 : requests.length;
    let count = 0;
    let outcome: ParseOutcome;
    do {
      parser.target = requests[count]!;
      outcome = parser.next();
      if (outcome !== PARSED) break;
      count++;
    } while (count < most && parser.isInPlace);
    this.#parsed = count;
    return outcome;
  }

  /** Executes what #parseAhead has parsed; what the session must not execute any more waits or is dropped. */
  #executeParsed(session: Session): void {
    const { dispatcher, keyspace } = this.#instance;
    const requests = this.#requests;
    const count = this.#parsed;
    if (count > 1) this.#foresee(session, count);
    dispatcher.beginRequests();
    for (let i = 0; i < count && !session.isClosing; i++) {
      if (session.isBlocked) session.postponed.push(new Arguments().assign(requests[i]!));
      else dispatcher.execute(session, requests[i]!, this.#reply);
    }
    keyspace.table.forget();
  }

  /** Most commands look up their first argument: its memory is fetched for all requests at once. */
  #foresee(session: Session, count: number): void {
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
    session.database.foresee(bytes, spans, keys);
  }

  #executePostponed(session: Session): void {
    const { postponed } = session;
    while (postponed.length > 0 && !session.isBlocked && !session.isClosing) {
      this.#instance.dispatcher.execute(session, postponed.shift()!, this.#reply);
    }
  }

  #refusal(connection: Connection): string | null {
    const { config, requiresPassword } = this.#instance;
    if (this.#count > config.values.maxclients) return '-ERR max number of clients reached\r\n';
    const isLocal = connection.isUnix || /^(127\.|::1$|::ffff:127\.)/.test(connection.remoteAddress);
    return config.values['protected-mode'] && !requiresPassword && !isLocal ? PROTECTED_MODE_ERROR : null;
  }
}

function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** What a client from another machine reads while there is no password; after redis-server's text. */
const PROTECTED_MODE_ERROR =
  '-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the ' +
  'default user. In this mode connections are only accepted from the loopback interface. If you want to connect from ' +
  'external computers to Redis you may adopt one of the following solutions: 1) Just disable protected mode sending ' +
  "the command 'CONFIG SET protected-mode no' from the loopback interface by connecting to Redis from the same host " +
  'the server is running, however MAKE SURE Redis is not publicly accessible from internet if you do so. Use CONFIG ' +
  'REWRITE to make this change permanent. 2) Alternatively you can just disable the protected mode by editing the ' +
  "Redis configuration file, and setting the protected mode option to 'no', and then restarting the server. 3) If " +
  "you started the server manually just for testing, restart it with the '--protected-mode no' option. 4) Setup a an " +
  'authentication password for the default user. NOTE: You only need to do one of the above things in order for the ' +
  'server to start accepting connections from the outside.\r\n';
