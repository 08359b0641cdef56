import { type Backend, createEventLoop, type EventLoop, type Listener, type TimeEvent } from '@nanoredis/event-loop';
import { RequestLimits } from '@nanoredis/resp-codec';
import { commands } from './commands';
import type { Configuration } from './config/configuration';
import type { Clock } from './instance/clock';
import { Instance } from './instance/instance';
import type { Log } from './instance/log';
import type { Random } from './instance/random';
import { NetworkClients } from './session/network-clients';

/** What a server is put together from. */
export interface ServerParts {
  readonly config: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Port 0 takes any free port; without this it means no TCP, as in redis.conf. */
  readonly anyPort: boolean;
  readonly onShutdown: (options: { readonly save: boolean | null }) => void;
}

/** A server at work: an instance, the loop that serves it, and the sockets that it listens on. */
export class Server {
  readonly instance: Instance;
  readonly loop: EventLoop;
  readonly listeners: Listener[] = [];
  readonly clients: NetworkClients;

  private constructor(parts: ServerParts) {
    const { config } = parts;
    this.loop = createEventLoop({ backend: config.values['event-loop'] as Backend | 'auto' });
    this.instance = new Instance({
      ...parts,
      definitions: commands,
      loop: this.loop,
      shutdown: parts.onShutdown,
    });
    this.clients = new NetworkClients(this.instance, requestLimits(config));
  }

  /**
   * Puts a server together and listens where the configuration says.
   * @throws (rejects with) ListenError if it cannot listen; nothing is left open then.
   */
  static async start(parts: ServerParts): Promise<Server> {
    const server = new Server(parts);
    try {
      await server.#listen(parts.config, parts.anyPort);
    } catch (error) {
      await server.loop.close();
      throw error;
    }
    let cron: TimeEvent | null = null;
    parts.config.follow(['hz'], ({ hz }) => {
      cron?.cancel();
      cron = server.loop.addTimeEvent(1000 / hz, () => server.instance.cron());
    });
    parts.config.onApply(['bind'], () => {
      parts.log.write('warning', 'Where the server listens cannot change while it runs: restart it with the new bind.');
      return 'Failed to bind to specified addresses.';
    });
    parts.config.onApply(['port'], () => {
      parts.log.write('warning', 'Where the server listens cannot change while it runs: restart it with the new port.');
      return 'Unable to listen on this port. Check server logs.';
    });
    return server;
  }

  /** Closes every socket and stops background work; the data are gone with the last reference. */
  async stop(): Promise<void> {
    this.instance.stop();
    await this.loop.close();
  }

  async #listen(config: Configuration, anyPort: boolean): Promise<void> {
    const { bind, port, 'tcp-backlog': backlog, unixsocket: path, unixsocketperm: mode } = config.values;
    for (const address of port === 0 && !anyPort ? [] : bind) {
      const isOptional = address.startsWith('-');
      const host = isOptional ? address.slice(1) : address;
      try {
        this.listeners.push(await this.loop.listen({ host, port, backlog }, this.clients));
      } catch (error) {
        // A "-" before an address means: do without it where the machine has no such address.
        if (!isOptional || !isAddressMissing(error)) throw new ListenError(`${host}:${port}`, error);
      }
    }
    const tcp = this.listeners.map((listener) => listener.address).find((address) => 'port' in address);
    if (tcp !== undefined) config.assign({ port: tcp.port });
    if (path !== '') {
      try {
        this.listeners.push(await this.loop.listen({ path, ...(mode === 0 ? {} : { mode }) }, this.clients));
      } catch (error) {
        throw new ListenError(path, error);
      }
    }
  }
}

/** A place that the server was told to listen at, and cannot. */
export class ListenError extends Error {
  override readonly name = 'ListenError';

  constructor(place: string, cause: unknown) {
    const { code, message } = cause as NodeJS.ErrnoException;
    super(`cannot listen on ${place}: ${code === 'EADDRINUSE' ? 'the address is already in use' : message}`, { cause });
  }
}

function isAddressMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
}

/** Limits of requests that follow the configuration. */
function requestLimits(config: Configuration): RequestLimits {
  const limits = new RequestLimits();
  config.follow(['proto-max-bulk-len', 'client-query-buffer-limit'], () => {
    limits.maxBulkBytes = config.values['proto-max-bulk-len'];
    limits.maxQueryBytes = config.values['client-query-buffer-limit'];
  });
  return limits;
}
