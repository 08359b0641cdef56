import { DECODED, type Reply, ReplyDecoder, type ReplyDecoderOptions } from '@nanoredis/resp-codec';
import { type CallArgument, InProcessClient } from './clients/in-process-client';
import { NoReplyError, StoppedError } from './clients/in-process-errors';
import { InProcessSubscriber, type Message } from './clients/in-process-subscriber';
import { Configuration } from './config';
import { type Clock, SystemClock } from './runtime/clock';
import { GuardedLog, type Log, silentLog } from './runtime/log';
import { SeededRandom, SystemRandom } from './runtime/random';
import { Server } from './server';
import type { TopicKind } from './session/pub-sub/pub-sub';

/** Options of a server inside this process; all have defaults. */
export interface NanoRedisOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** TCP port; 0 for any free port, null for no TCP (`call` and a unix socket still work). Default 6379. */
  readonly port?: number | null;
  /** Path of a unix socket to listen on as well. Default: none. */
  readonly unixSocket?: string;
  /** Backend of the event loop. Default `libuv`, which interferes least with the rest of the process. */
  readonly eventLoop?: 'auto' | 'io_uring' | 'epoll' | 'libuv';
  /** Source of time for deadlines, TIME, idle times and time-outs. Default: the system clock. */
  readonly clock?: Clock;
  /**
   * Seed of everything random, 0 to 2^32 - 1, for runs that are to be repeated. Not for servers that strangers reach: whoever
   * guesses the seed can make keys that collide. Default: the random source of the system, and no two runs are alike.
   */
  readonly seed?: number;
  /** Options of redis.conf by name, with values as in CONFIG SET: `{ maxclients: '10' }`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Receives the log of the server. Default: none. */
  readonly log?: Log;
}

/** An error reply; rejects the promise of an in-process call. */
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
 * A server inside this process, the same as the daemon. Any Redis client can connect to `url`; `call` needs no socket. Servers
 * are independent, each with its own data.
 */
export class NanoRedis {
  /** The port that it listens on; null without TCP. */
  readonly port: number | null;
  /** The URL to connect to: `redis://127.0.0.1:6379`, or `unix:/path`; null for a server without a socket. */
  readonly url: string | null;
  readonly clock: Clock;
  /** The seed that the server was started with, or null. */
  readonly seed: number | null;
  /** The backend of the event loop. */
  readonly backend: string;
  readonly #server: Server;
  readonly #client: InProcessClient;
  readonly #closed: Promise<void>;

  private constructor(server: Server, clock: Clock, seed: number | null, closed: Promise<void>) {
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
   * Starts a server and resolves when it listens; takes a few milliseconds. Rejects instead of throwing.
   * @throws RangeError when an option is unknown or out of range, TypeError when the clock or the log lacks a method
   * @throws ListenError when the server cannot listen
   */
  static async start(options: NanoRedisOptions = {}): Promise<NanoRedis> {
    requireUsable(options);
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
    const seed = options.seed ?? null;
    let close = (): void => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const server = await Server.start({
      config,
      clock,
      random: seed === null ? new SystemRandom() : new SeededRandom(seed),
      log: new GuardedLog(log),
      anyPort: port === 0,
      onShutdown: () => void server.stop().then(close),
    });
    return new NanoRedis(server, clock, seed, closed);
  }

  /**
   * Executes one command without a socket: `await server.call('SET', 'key', 'value')`. Text is returned as strings (UTF-8),
   * maps as Map, sets as Set, integers beyond 2^53 as bigint. A blocking command resolves when it has its reply; calls made
   * meanwhile are executed at once. Rejects instead of throwing.
   * @throws CommandError when the reply is an error, NoReplyError when there is none, StoppedError once the server was stopped
   */
  call(...args: readonly CallArgument[]): Promise<Reply> {
    return this.#call(args, {});
  }

  /** Like `call`, but returns Buffers instead of strings, for values that are not text. */
  callBuffer(...args: readonly CallArgument[]): Promise<Reply> {
    return this.#call(args, { bulk: 'buffer' });
  }

  /**
   * Calls `listener` with every message published to a channel, until the returned function is called:
   * `server.subscribe('news', (message) => console.log(message.text))`. Keyspace events are published on their channels if
   * `notify-keyspace-events` enables them. The listener runs after the command that published.
   */
  subscribe(channel: string | Uint8Array, listener: (message: Message) => void): () => void {
    return this.#subscribe('channels', channel, listener);
  }

  /** Like `subscribe`, for all channels that match a pattern: `news.*`. */
  subscribePattern(pattern: string | Uint8Array, listener: (message: Message) => void): () => void {
    return this.#subscribe('patterns', pattern, listener);
  }

  /** Closes all connections, frees the data, and then resolves. Calling it again does nothing. */
  async stop(): Promise<void> {
    this.#client.close();
    await this.#server.stop();
  }

  /** Resolves when a client has stopped the server with SHUTDOWN. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  #subscribe(kind: TopicKind, name: string | Uint8Array, listener: (message: Message) => void): () => void {
    const { pubSub } = this.#server.instance;
    const subscriber = new InProcessSubscriber(pubSub, kind, Buffer.from(name), listener);
    return () => subscriber.unsubscribe();
  }

  async #call(args: readonly CallArgument[], options: ReplyDecoderOptions): Promise<Reply> {
    if (this.#server.isStopped) throw new StoppedError();
    const reply = this.#client.execute(args);
    const decoder = new ReplyDecoder(options);
    decoder.feed(reply instanceof Buffer ? reply : await reply);
    if (decoder.next() !== DECODED) throw new NoReplyError(`no reply to ${String(args[0])}`);
    const { value } = decoder;
    if (value instanceof Error) throw new CommandError(value.message);
    return value;
  }
}

/** Checks what a JavaScript caller may have got wrong in the options; the configuration checks the rest. */
function requireUsable({ seed, clock, log }: NanoRedisOptions): void {
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new RangeError(`seed must be a whole number from 0 to 2^32 - 1, not ${String(seed)}`);
  }
  requireMethods('clock', clock, ['nowMs', 'setTimer']);
  requireMethods('log', log, ['write']);
}

function requireMethods(option: string, value: object | undefined, methods: readonly string[]): void {
  if (value === undefined) return;
  for (const method of methods) {
    if (typeof (value as Record<string, unknown> | null)?.[method] === 'function') continue;
    throw new TypeError(`the option ${option} must have a method ${method}`);
  }
}
