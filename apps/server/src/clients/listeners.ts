import type { ConnectionHandler, EventLoop, Listener, ListenOptions } from '@nanoredis/event-loop';
import type { Configuration } from '../config/configuration';
import type { Log } from '../runtime/log';
import { removeStaleSocket } from './stale-socket';

/** The server cannot listen at an address that the configuration names. */
export class ListenError extends Error {
  override readonly name = 'ListenError';

  constructor(address: string, cause: unknown) {
    const { code, message } = cause as NodeJS.ErrnoException;
    super(`cannot listen on ${address}: ${code === 'EADDRINUSE' ? 'the address is already in use' : message}`, {
      cause,
    });
  }
}

/** The addresses where TCP connections are accepted: one port at each address of `bind`. */
export interface TcpAddresses {
  readonly port: number;
  readonly bind: readonly string[];
}

/** Open listeners by their `keyOf`. */
interface OpenListeners {
  readonly addresses: TcpAddresses;
  readonly listeners: ReadonlyMap<string, Listener>;
}

/**
 * The sockets that a server listens on. `port` and `bind` may change while it runs. Opening sockets is asynchronous, but a change of the
 * configuration is not: so a change is refused first, `stage` opens the addresses that it names, and the same change is accepted then.
 */
export class Listeners {
  readonly #loop: EventLoop;
  readonly #handler: ConnectionHandler;
  readonly #config: Configuration;
  readonly #log: Log;
  #tcp: OpenListeners = { addresses: { port: 0, bind: [] }, listeners: new Map() };
  #unix: Listener | null = null;
  /** The addresses of a refused change that were not opened yet. */
  #wanted: TcpAddresses | null = null;
  /** What was opened for a change that is not accepted yet. */
  #staged: OpenListeners | null = null;
  /** The addresses that could not be opened last. */
  #failed: TcpAddresses | null = null;

  constructor(loop: EventLoop, handler: ConnectionHandler, config: Configuration, log: Log) {
    this.#loop = loop;
    this.#handler = handler;
    this.#config = config;
    this.#log = log;
  }

  /** All open listeners, TCP first. */
  get all(): readonly Listener[] {
    const tcp = [...this.#tcp.listeners.values()];
    return this.#unix === null ? tcp : [...tcp, this.#unix];
  }

  /** The addresses of the last change if it was refused only because they are not open; returned once, null from then on. */
  takeWanted(): TcpAddresses | null {
    const addresses = this.#wanted;
    this.#wanted = null;
    return addresses;
  }

  /**
   * Listens at the addresses in the configuration, and follows their changes from then on.
   * @param anyPort port 0 takes any free port, instead of meaning no TCP.
   * @throws (rejects with) ListenError where it cannot.
   */
  async open(anyPort: boolean): Promise<void> {
    const { port, bind, unixsocket: path, unixsocketperm: mode, 'tcp-backlog': backlog } = this.#config.values;
    const opened = await this.#openTcp({ port, bind: port === 0 && !anyPort ? [] : bind });
    const listeners = new Map<string, Listener>();
    for (const listener of opened.values()) {
      const { address } = listener;
      if (!('port' in address)) continue;
      this.#config.assign({ port: address.port });
      listeners.set(keyOf(address.host, address.port), listener);
    }
    this.#tcp = { addresses: { port: this.#config.values.port, bind }, listeners };
    if (path !== '') {
      await removeStaleSocket(path);
      this.#unix = await this.#listen(path, { path, backlog, ...(mode === 0 ? {} : { mode }) });
    }
    this.#config.onApply(['bind'], () => this.#apply('Failed to bind to specified addresses.'));
    this.#config.onApply(['port'], () => this.#apply('Unable to listen on this port. Check server logs.'));
  }

  /** Opens addresses, so that a change to them is accepted. Never rejects: a failure is logged. */
  async stage(addresses: TcpAddresses): Promise<void> {
    await this.#dropStaged();
    try {
      const listeners = await this.#openTcp(addresses.port === 0 ? { ...addresses, bind: [] } : addresses);
      this.#staged = { addresses, listeners };
    } catch (error) {
      this.#failed = addresses;
      this.#log.write('warning', (error as Error).message);
    }
  }

  /** Applies a changed configuration. Returns null, or why that is not possible (yet). */
  #apply(refusal: string): string | null {
    const { port, bind } = this.#config.values;
    const addresses = { port, bind };
    if (isSame(addresses, this.#tcp.addresses)) return null;
    if (this.#staged !== null && isSame(addresses, this.#staged.addresses)) {
      const old = this.#tcp;
      this.#tcp = this.#staged;
      this.#staged = null;
      void closeUnused(old.listeners, this.#tcp.listeners);
      return null;
    }
    // A failure is reported once; the next change to the same addresses is a new attempt.
    if (this.#failed !== null && isSame(addresses, this.#failed)) this.#failed = null;
    else this.#wanted = addresses;
    return refusal;
  }

  /** Opens listeners at addresses, and reuses those that are open already. Closes what it opened if it fails. */
  async #openTcp({ port, bind }: TcpAddresses): Promise<ReadonlyMap<string, Listener>> {
    const { 'tcp-backlog': backlog } = this.#config.values;
    const opened = new Map<string, Listener>();
    for (const address of bind) {
      const isOptional = address.startsWith('-');
      const host = hostOf(isOptional ? address.slice(1) : address);
      const key = keyOf(host, port);
      try {
        const known = opened.get(key) ?? this.#tcp.listeners.get(key);
        opened.set(
          key,
          known ??
            (await this.#loop.listen(
              { ...(host === '::' ? { ipv6Only: true } : {}), host, port, backlog },
              this.#handler,
            )),
        );
      } catch (error) {
        // An address with a "-" in front is optional: it is left out where the machine does not have it.
        if (isOptional && isAddressMissing(error)) continue;
        await closeUnused(opened, this.#tcp.listeners);
        throw new ListenError(`${host}:${port}`, error);
      }
    }
    return opened;
  }

  async #listen(address: string, options: ListenOptions): Promise<Listener> {
    try {
      return await this.#loop.listen(options, this.#handler);
    } catch (error) {
      throw new ListenError(address, error);
    }
  }

  async #dropStaged(): Promise<void> {
    const staged = this.#staged;
    this.#staged = null;
    if (staged !== null) await closeUnused(staged.listeners, this.#tcp.listeners);
  }
}

/** Closes the listeners of `old` that are not in `kept`. */
async function closeUnused(old: ReadonlyMap<string, Listener>, kept: ReadonlyMap<string, Listener>): Promise<void> {
  const used = new Set(kept.values());
  await Promise.all([...old.values()].filter((listener) => !used.has(listener)).map((listener) => listener.close()));
}

function isSame(first: TcpAddresses, second: TcpAddresses): boolean {
  return first.port === second.port && first.bind.join(' ') === second.bind.join(' ');
}

function keyOf(host: string, port: number): string {
  return `${host} ${port}`;
}

/** `*` means every address, as in redis.conf. */
function hostOf(address: string): string {
  if (address === '*') return '0.0.0.0';
  return address === '::*' ? '::' : address;
}

function isAddressMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
}
