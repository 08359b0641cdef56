import { DECODED, type Reply, ReplyDecoder, type ReplyDecoderOptions } from '@nanoredis/resp-codec';
import { type CallArgument, InProcessClient } from './clients/in-process-client';
import { InProcessSubscriber, type Message } from './clients/in-process-subscriber';
import { Configuration } from './config';
import { type Clock, SystemClock } from './runtime/clock';
import { type Log, silentLog } from './runtime/log';
import { SeededRandom } from './runtime/random';
import { Server } from './server';
import type { TopicKind } from './session/pub-sub/pub-sub';

/** How to start a server inside this process; everything has a default. */
export interface NanoRedisOptions {
  /** Address to listen at. Default 127.0.0.1. */
  readonly host?: string;
  /** TCP port, 0 for any free one, null for none: `call` and a unix socket still work. Default 6379. */
  readonly port?: number | null;
  /** Path of a unix socket to listen at too. Default: none. */
  readonly unixSocket?: string;
  /** How the server talks to the kernel. Default `libuv`, which shares this process best. */
  readonly eventLoop?: 'auto' | 'io_uring' | 'epoll' | 'libuv';
  /** Where time comes from: deadlines, TIME, idle times and time-outs follow it. Default: the machine's clock. */
  readonly clock?: Clock;
  /** Seed of everything that is left to chance, 0 to 2^32 - 1. Default: the machine's own random source. */
  readonly seed?: number;
  /** Options of redis.conf by name, with values as CONFIG SET takes them: `{ maxclients: '10' }`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Who reads what happens to the server. Default: nobody. */
  readonly log?: Log;
}

/** An error reply, as an in-process call is rejected with it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** The error's code: `ERR`, `WRONGTYPE`, … */
  readonly code: string;

  constructor(reply: string) {
    super(reply);
    this.code = reply.split(' ', 1)[0]!;
  }
}

/**
 * A server inside this process: the same one as the daemon, reached by any Redis client through `url`, or without a socket
 * through `call`. Servers know nothing of each other, and each has data of its own.
 */
export class NanoRedis {
  /** The port that it listens on, null without TCP. */
  readonly port: number | null;
  /** Where a client connects to: `redis://127.0.0.1:6379`, or `unix:/path`; null for a server without a socket. */
  readonly url: string | null;
  readonly clock: Clock;
  readonly seed: number;
  /** The backend of the event loop that runs. */
  readonly backend: string;
  readonly #server: Server;
  readonly #client: InProcessClient;
  readonly #closed: Promise<void>;

  private constructor(server: Server, clock: Clock, seed: number, closed: Promise<void>) {
    this.#server = server;
    this.#client = new InProcessClient(server.instance);
    this.#closed = closed;
    this.clock = clock;
    this.seed = seed;
    this.backend = server.loop.backend;
    const addresses = server.listeners.map((listener) => listener.address);
    const tcp = addresses.find((address) => 'port' in address);
    const unix = addresses.find((address) => 'path' in address);
    this.port = tcp === undefined ? null : tcp.port;
    if (tcp !== undefined) this.url = `redis://${tcp.family === 6 ? `[${tcp.host}]` : tcp.host}:${tcp.port}`;
    else this.url = unix === undefined ? null : `unix:${unix.path}`;
  }

  /**
   * Starts a server and resolves when it listens; takes a few milliseconds.
   * @throws (rejects with) RangeError for an option that is unknown or out of range, ListenError if it cannot listen.
   */
  static async start(options: NanoRedisOptions = {}): Promise<NanoRedis> {
    const config = new Configuration();
    const { host = '127.0.0.1', port = 6379, unixSocket, eventLoop = 'libuv', log = silentLog } = options;
    config.assign({
      bind: port === null ? [] : [host],
      port: port ?? 0,
      'event-loop': eventLoop,
      ...(unixSocket === undefined ? {} : { unixsocket: unixSocket }),
    });
    for (const [name, value] of Object.entries(options.config ?? {})) config.assignText(name, value);
    const clock = options.clock ?? new SystemClock();
    const seed = options.seed ?? SeededRandom.freshSeed();
    let close = (): void => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const server = await Server.start({
      config,
      clock,
      random: new SeededRandom(seed),
      log,
      anyPort: port === 0,
      onShutdown: () => void server.stop().then(close),
    });
    return new NanoRedis(server, clock, seed, closed);
  }

  /**
   * Executes one command without a socket: `await server.call('SET', 'key', 'value')`. Text comes back as strings (UTF-8),
   * maps as Map, sets as Set, integers beyond 2^53 as bigint. A blocking command resolves when it has its reply; calls that
   * are made meanwhile are executed at once.
   * @throws (rejects with) CommandError for an error reply.
   */
  call(...args: readonly CallArgument[]): Promise<Reply> {
    return this.#call(args, {});
  }

  /** Like `call`, with bytes (Buffer) instead of strings for values, which need not be text. */
  callBuffer(...args: readonly CallArgument[]): Promise<Reply> {
    return this.#call(args, { bulk: 'buffer' });
  }

  /**
   * Calls `listener` with every message that is published to a channel, until the returned function is called:
   * `server.subscribe('news', (message) => console.log(message.text))`. Keyspace events come on their channels, once
   * `notify-keyspace-events` says which. The listener runs when the command that published is over.
   */
  subscribe(channel: string | Uint8Array, listener: (message: Message) => void): () => void {
    return this.#subscribe('channels', channel, listener);
  }

  /** As `subscribe`, for all channels that match a pattern: `news.*`. */
  subscribePattern(pattern: string | Uint8Array, listener: (message: Message) => void): () => void {
    return this.#subscribe('patterns', pattern, listener);
  }

  /** Closes all connections and frees the data; resolves when nothing is left. Calling it again does nothing. */
  async stop(): Promise<void> {
    this.#client.close();
    await this.#server.stop();
  }

  /** Resolves when a client has ended the server with SHUTDOWN. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  #subscribe(kind: TopicKind, name: string | Uint8Array, listener: (message: Message) => void): () => void {
    const { pubSub } = this.#server.instance;
    const subscriber = new InProcessSubscriber(pubSub, kind, Buffer.from(name), listener);
    return () => subscriber.unsubscribe();
  }

  async #call(args: readonly CallArgument[], options: ReplyDecoderOptions): Promise<Reply> {
    const reply = this.#client.execute(args);
    const decoder = new ReplyDecoder(options);
    decoder.feed(reply instanceof Buffer ? reply : await reply);
    if (decoder.next() !== DECODED) throw new Error(`no reply to ${String(args[0])}`);
    const { value } = decoder;
    if (value instanceof Error) throw new CommandError(value.message);
    return value;
  }
}
