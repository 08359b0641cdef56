import type { Configuration } from '../config/configuration';
import type { Database } from '../keyspace/database';
import type { Keyspace } from '../keyspace/keyspace';
import type { Watcher } from '../keyspace/watched-keys';
import { Arguments } from '../request/arguments';
import type { CommandFacts } from './command-facts';
import { Ending } from './ending';
import { Gate } from './gate';
import type { PubSub } from './pub-sub/pub-sub';
import type { PublishedMessage } from './pub-sub/published-message';
import type { Subscriber } from './pub-sub/subscriber';
import { Subscriptions } from './pub-sub/subscriptions';
import { Transaction } from './transaction';
import type { Transport } from './transport';

/** What a session needs of the server that it belongs to. */
export interface SessionHost {
  readonly keyspace: Pick<Keyspace, 'databases' | 'changes' | 'nowMs'>;
  readonly config: Pick<Configuration, 'values'>;
  readonly pubSub: PubSub;
  readonly monitors: { remove(session: Session): void };
  readonly clientLimits: { check(session: Session): void };
  readonly sessions: { forget(session: Session): void };
}

/**
 * What keeps a session from executing requests: a blocking command, CLIENT PAUSE, a change of ports. Whoever blocks a session owns
 * the block, and is the only one who can end it (`session.unblock(block)`).
 */
export interface Block {
  /** The session has ended, and the block with it: the owner frees what it keeps for the session. */
  cancel(session: Session): void;
  /** Bytes of the arguments of a blocking command, which are kept. */
  readonly argumentBytes?: number;
}

/** The state of one client, from connect to close. */
export class Session implements Watcher, Subscriber {
  readonly id: number;
  database: Database;
  /** RESP version of its replies. */
  protocol: 2 | 3 = 2;
  /** Bits of Gate; 0 lets every command through. */
  gate = 0;
  /** Requests that wait while the session is blocked, in order. */
  readonly postponed: Arguments[] = [];
  isMonitor = false;
  /** Whether it has given the password, or connected while there was none. See `mustAuthenticate`. */
  isAuthenticated: boolean;
  transaction: Transaction | null = null;
  /** Its subscriptions; null while there are none. */
  subscriptions: Subscriptions | null = null;
  watchDirty = false;
  name = '';
  userName = 'default';
  /** CLIENT NO-EVICT. */
  isNoEvict = false;
  replyMode: 'on' | 'off' | 'skip' | 'skip-next' = 'on';
  lastCommand: CommandFacts | null = null;
  readonly createdAtMs: number;
  lastInteractionMs: number;
  transport: Transport | null = null;
  /** The output queue passed its soft limit at this time (ms), or 0. */
  softLimitSinceMs = 0;

  readonly #host: SessionHost;
  #ending = Ending.none;
  #block: Block | null = null;
  /** Requests of the session are being executed, so that it can end only after them. */
  #isServed = false;
  #hasLeft = false;
  /** Messages that wait for the end of the reply that is being written; null while there is no such reply. */
  #heldMessages: Buffer[] | null = null;

  constructor(host: SessionHost, id: number) {
    this.#host = host;
    this.id = id;
    this.database = host.keyspace.databases[0]!;
    this.createdAtMs = host.keyspace.nowMs;
    this.lastInteractionMs = this.createdAtMs;
    this.isAuthenticated = this.#needsNoPassword;
    this.gate = this.isAuthenticated ? 0 : Gate.authentication;
  }

  /**
   * A session of the in-process API: each call gets exactly one reply, so it takes no messages and no request of it can
   * be held back.
   */
  get isInProcess(): boolean {
    return this.transport === null;
  }

  /** How it ends, or has ended. */
  get ending(): Ending {
    return this.#ending;
  }

  /** Whether it ends or has ended: it executes no further request, and what it would receive is dropped. */
  get isClosing(): boolean {
    return this.#ending !== Ending.none;
  }

  /** What keeps it from executing requests, or null. */
  get block(): Block | null {
    return this.#block;
  }

  /** Whether it waits for something (a blocking command, CLIENT PAUSE) and executes no request until then. */
  get isBlocked(): boolean {
    return this.#block !== null;
  }

  /** Requests of the session are executed from here on: it ends after them, whatever ends it meanwhile. */
  beginRequests(): void {
    this.#isServed = true;
  }

  /** The requests are done, and their replies are handed over. */
  endRequests(): void {
    this.#isServed = false;
    if (this.#ending !== Ending.none) this.#finish();
  }

  /** Ends the session. Everything that ends a client calls this, and nothing else closes its connection. */
  end(ending: Ending): void {
    if (ending <= this.#ending) return;
    this.#ending = ending;
    if (!this.#isServed) this.#finish();
  }

  /**
   * Executes nothing more until `unblock`.
   * @param request is executed (again) when the block has ended, before all others; a copy of it is kept.
   */
  blockBy(block: Block, request: Arguments | null = null): void {
    if (this.#block !== null) throw new Error('a blocked session executes no command that could block it');
    this.#block = block;
    if (request !== null) this.postponed.unshift(new Arguments().assign(request));
  }

  /**
   * Ends a block, for its owner: the postponed requests are executed, then what has arrived meanwhile. Does nothing if the session
   * has ended since, and the block with it.
   */
  unblock(block: Block): void {
    if (this.#block !== block) return;
    this.#block = null;
    this.transport?.resume();
  }

  /**
   * Whether it may only execute commands that need no authentication. The password can be removed and set again meanwhile: whoever
   * has not given it may execute commands as long as there is none. O(1).
   */
  get mustAuthenticate(): boolean {
    return !this.isAuthenticated && !this.#needsNoPassword;
  }

  /** Whether the session has given the password, or needs none even if one is set later. */
  setAuthenticated(isAuthenticated: boolean): void {
    this.isAuthenticated = isAuthenticated;
    this.#setGate(Gate.authentication, !isAuthenticated);
  }

  beginTransaction(): Transaction {
    this.transaction = new Transaction();
    this.#setGate(Gate.transaction, true);
    return this.transaction;
  }

  /** Drops the transaction and everything watched. */
  discardTransaction(): void {
    this.transaction = null;
    this.#setGate(Gate.transaction, false);
    this.unwatch();
  }

  /** Its subscriptions. The caller adds some at once: a session with subscriptions may execute few commands in RESP2. */
  subscribe(): Subscriptions {
    this.subscriptions ??= new Subscriptions(this.#host.pubSub, this);
    this.#setGate(Gate.subscribed, true);
    return this.subscriptions;
  }

  /** Makes it an ordinary session again if its last subscription has ended. */
  forgetEmptySubscriptions(): void {
    if (this.subscriptions?.isEmpty !== true) return;
    this.subscriptions = null;
    this.#setGate(Gate.subscribed, false);
  }

  /** Sends a message outside of its replies, or keeps a copy until `releaseMessages`. One that ends receives none. O(bytes). */
  receive(message: PublishedMessage): void {
    if (this.isClosing) return;
    if (this.#heldMessages !== null) {
      this.#heldMessages.push(message.copyFrame(this.protocol));
      return;
    }
    this.transport?.writeShared(message.output(this.protocol));
    this.#host.clientLimits.check(this);
  }

  /** Keeps messages back while a command runs: it may cause some in the middle of its own reply. */
  holdMessages(): void {
    this.#heldMessages = [];
  }

  /** Sends the messages that were kept back, those of subscriptions that have ended since included. */
  releaseMessages(): void {
    const held = this.#heldMessages ?? [];
    this.#heldMessages = null;
    if (held.length === 0) return;
    for (const frame of held) this.transport?.write(frame);
    this.#host.clientLimits.check(this);
  }

  /** Ends all its subscriptions without confirmations. O(subscriptions). */
  unsubscribe(): void {
    this.subscriptions?.clear();
    this.forgetEmptySubscriptions();
  }

  unwatch(): void {
    this.#host.keyspace.changes.watched.unwatch(this);
    this.watchDirty = false;
  }

  /** Takes over the database, protocol, name, user and last command of another session. */
  actFor(other: Session): void {
    this.database = other.database;
    this.protocol = other.protocol;
    this.name = other.name;
    this.userName = other.userName;
    this.lastCommand = other.lastCommand;
    this.setAuthenticated(other.isAuthenticated);
  }

  /** Makes the session what it was when it connected, but for its id (RESET). */
  reset(): void {
    this.#host.monitors.remove(this);
    this.discardTransaction();
    this.unsubscribe();
    this.database = this.#host.keyspace.databases[0]!;
    this.protocol = 2;
    this.name = '';
    this.isNoEvict = false;
    // As in Redis, a client that skips the reply to this very request (RESET) does not get it.
    if (this.replyMode !== 'skip') this.setReplyMode('on');
    this.setAuthenticated(this.#needsNoPassword);
  }

  setReplyMode(mode: Session['replyMode']): void {
    this.replyMode = mode;
    this.#setGate(Gate.silent, mode !== 'on');
  }

  /** An empty request has come, which counts as the one whose reply CLIENT REPLY SKIP leaves out. */
  skipEmptyRequest(): void {
    if (this.replyMode === 'skip-next') this.setReplyMode('on');
  }

  get #needsNoPassword(): boolean {
    return this.#host.config.values.requirepass === '';
  }

  #finish(): void {
    const { transport } = this;
    if (this.#ending === Ending.now || transport === null) this.#leave();
    if (this.#ending === Ending.afterReplies) transport?.end();
    else transport?.destroy();
  }

  /** Leaves everything that it is part of. */
  #leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    const block = this.#block;
    this.#block = null;
    block?.cancel(this);
    this.postponed.length = 0;
    this.discardTransaction();
    this.unsubscribe();
    this.#host.monitors.remove(this);
    this.#host.sessions.forget(this);
  }

  #setGate(bit: number, isClosed: boolean): void {
    this.gate = isClosed ? this.gate | bit : this.gate & ~bit;
  }
}
