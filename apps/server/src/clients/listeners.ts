import type { ConnectionHandler, EventLoop, Listener, ListenOptions } from '@nanoredis/event-loop';
import type { Configuration } from '../config/configuration';
import type { Log } from '../runtime/log';

/** A place that the server was told to listen at, and cannot. */
export class ListenError extends Error {
  override readonly name = 'ListenError';

  constructor(place: string, cause: unknown) {
    const { code, message } = cause as NodeJS.ErrnoException;
    super(`cannot listen on ${place}: ${code === 'EADDRINUSE' ? 'the address is already in use' : message}`, { cause });
  }
}

/** Where TCP is to be listened to. */
export interface Place {
  readonly port: number;
  readonly bind: readonly string[];
}

/** The listeners of a place by their `keyOf`. */
interface Opened {
  readonly place: Place;
  readonly listeners: ReadonlyMap<string, Listener>;
}

/**
 * Where a server listens. `port` and `bind` may change while it runs: opening sockets takes time and CONFIG SET must answer at
 * once, so the change is refused at first; `stage` then opens what it wanted, and the same change goes through.
 */
export class Listeners {
  readonly #loop: EventLoop;
  readonly #handler: ConnectionHandler;
  readonly #config: Configuration;
  readonly #log: Log;
  #tcp: Opened = { place: { port: 0, bind: [] }, listeners: new Map() };
  #unix: Listener | null = null;
  /** What a refused change wanted and nobody has tried to open. */
  #wanted: Place | null = null;
  /** What was opened for a change that has not gone through yet. */
  #staged: Opened | null = null;
  #failed: Place | null = null;

  constructor(loop: EventLoop, handler: ConnectionHandler, config: Configuration, log: Log) {
    this.#loop = loop;
    this.#handler = handler;
    this.#config = config;
    this.#log = log;
  }

  /** All that listens now, TCP first. */
  get all(): readonly Listener[] {
    const tcp = [...this.#tcp.listeners.values()];
    return this.#unix === null ? tcp : [...tcp, this.#unix];
  }

  /** What the last change wanted if it was refused only because nothing is open there; it is asked for once. */
  takeWanted(): Place | null {
    const place = this.#wanted;
    this.#wanted = null;
    return place;
  }

  /**
   * Listens where the configuration says, and follows its changes from then on.
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
    this.#tcp = { place: { port: this.#config.values.port, bind }, listeners };
    if (path !== '') this.#unix = await this.#listen(path, { path, backlog, ...(mode === 0 ? {} : { mode }) });
    this.#config.onApply(['bind'], () => this.#apply('Failed to bind to specified addresses.'));
    this.#config.onApply(['port'], () => this.#apply('Unable to listen on this port. Check server logs.'));
  }

  /** Opens a place, so that a change to it goes through; resolves in any case, and a failure is logged. */
  async stage(place: Place): Promise<void> {
    await this.#dropStaged();
    try {
      const listeners = await this.#openTcp(place.port === 0 ? { ...place, bind: [] } : place);
      this.#staged = { place, listeners };
    } catch (error) {
      this.#failed = place;
      this.#log.write('warning', (error as Error).message);
    }
  }

  /** Puts a changed configuration into effect: null, or why it is not (yet) possible. */
  #apply(refusal: string): string | null {
    const { port, bind } = this.#config.values;
    const place = { port, bind };
    if (isSamePlace(place, this.#tcp.place)) return null;
    if (this.#staged !== null && isSamePlace(place, this.#staged.place)) {
      const old = this.#tcp;
      this.#tcp = this.#staged;
      this.#staged = null;
      void closeUnused(old, this.#tcp);
      return null;
    }
    // What failed is told once; the next change to it is a new attempt.
    if (this.#failed !== null && isSamePlace(place, this.#failed)) this.#failed = null;
    else this.#wanted = place;
    return refusal;
  }

  /** Listeners for every address of a place; one that is open already is taken over. Closes what it opened if it fails. */
  async #openTcp(place: Place): Promise<ReadonlyMap<string, Listener>> {
    const { 'tcp-backlog': backlog } = this.#config.values;
    const opened = new Map<string, Listener>();
    for (const address of place.bind) {
      const isOptional = address.startsWith('-');
      const host = hostOf(isOptional ? address.slice(1) : address);
      const key = keyOf(host, place.port);
      try {
        const known = opened.get(key) ?? this.#tcp.listeners.get(key);
        opened.set(
          key,
          known ??
            (await this.#loop.listen(
              { ...(host === '::' ? { ipv6Only: true } : {}), host, port: place.port, backlog },
              this.#handler,
            )),
        );
      } catch (error) {
        // A "-" before an address means: do without it where the machine has no such address.
        if (isOptional && isAddressMissing(error)) continue;
        await closeUnused({ place, listeners: opened }, this.#tcp);
        throw new ListenError(`${host}:${place.port}`, error);
      }
    }
    return opened;
  }

  async #listen(place: string, options: ListenOptions): Promise<Listener> {
    try {
      return await this.#loop.listen(options, this.#handler);
    } catch (error) {
      throw new ListenError(place, error);
    }
  }

  async #dropStaged(): Promise<void> {
    const staged = this.#staged;
    this.#staged = null;
    if (staged !== null) await closeUnused(staged, this.#tcp);
  }
}

/** Closes what `left` has and `kept` has not. */
async function closeUnused(left: Opened, kept: Opened): Promise<void> {
  const used = new Set(kept.listeners.values());
  await Promise.all([...left.listeners.values()].filter((listener) => !used.has(listener)).map((old) => old.close()));
}

function isSamePlace(first: Place, second: Place): boolean {
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
