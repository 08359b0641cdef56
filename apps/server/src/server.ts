import { type Backend, createEventLoop, type EventLoop, type Listener } from '@nanoredis/event-loop';
import { loadHostMemory } from '@nanoredis/event-loop/memory';
import { RequestLimits } from '@nanoredis/resp-codec';
import { limitClientsByDescriptors } from './clients/client-capacity';
import { Listeners } from './clients/listeners';
import { NetworkClients } from './clients/network-clients';
import { commands } from './commands';
import type { Configuration } from './config/configuration';
import { Instance } from './instance';
import type { Clock } from './runtime/clock';
import { Cron } from './runtime/cron';
import type { Log } from './runtime/log';
import { openFilesCount, openFilesLimit } from './runtime/open-files';
import type { Random } from './runtime/random';

/** The parts that a server is composed of. */
export interface ServerParts {
  readonly config: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Whether port 0 means any free port; otherwise it means no TCP, as in redis.conf. */
  readonly anyPort: boolean;
  readonly onShutdown: (options: { readonly save: boolean | null }) => void;
}

/** A running server: an instance, its event loop, and the sockets that it listens on. */
export class Server {
  readonly instance: Instance;
  readonly loop: EventLoop;
  readonly clients: NetworkClients;
  /** Whether `stop` was called: nothing is served any more. */
  isStopped = false;
  readonly #places: Listeners;

  private constructor(parts: ServerParts) {
    const { config } = parts;
    this.loop = createEventLoop({ backend: config.values['event-loop'] as Backend | 'auto' });
    this.instance = new Instance({
      ...parts,
      definitions: commands,
      loop: this.loop,
      memory: loadHostMemory(),
      shutdown: parts.onShutdown,
    });
    this.clients = new NetworkClients(this.instance, requestLimits(config));
    this.#places = new Listeners(this.loop, this.clients, config, parts.log);
    this.instance.listeners = this.#places;
  }

  /**
   * Creates a server and listens as configured. Rejects instead of throwing.
   * @throws ListenError when the server cannot listen, ConfigError when the process may not open enough files; nothing is left
   * open then.
   */
  static async start(parts: ServerParts): Promise<Server> {
    const server = new Server(parts);
    try {
      limitClientsByDescriptors(parts.config, parts.log, { limit: openFilesLimit(), open: openFilesCount() });
      await server.#places.open(parts.anyPort);
    } catch (error) {
      await server.loop.close();
      throw error;
    }
    const cron = new Cron(server.loop, () => server.instance.cron.run());
    server.instance.batch.onWake = () => cron.wake();
    parts.config.follow(['hz'], ({ hz }) => cron.start(1000 / hz));
    return server;
  }

  /** The sockets that it listens on, TCP first. */
  get listeners(): readonly Listener[] {
    return this.#places.all;
  }

  /** Closes all sockets and stops background work. The data are freed with the last reference to the server. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.instance.stop();
    await this.loop.close();
  }
}

/** Limits of requests that follow the configuration. As in Redis, only memory limits the number of arguments. */
function requestLimits(config: Configuration): RequestLimits {
  const limits = new RequestLimits({ maxArguments: 2 ** 31 - 1 });
  config.follow(['proto-max-bulk-len', 'client-query-buffer-limit'], () => {
    limits.maxBulkBytes = config.values['proto-max-bulk-len'];
    limits.maxQueryBytes = config.values['client-query-buffer-limit'];
  });
  return limits;
}
