import type { Command } from '../command/command';
import type { Instance } from '../instance';
import type { Database } from '../keyspace/database';
import type { Watcher } from '../keyspace/watched-keys';
import { Arguments } from '../request/arguments';
import type { Block } from './block';
import { Ending } from './ending';
import { Gate } from './gate';
import type { PublishedMessage } from './pub-sub/published-message';
import { Subscriptions } from './pub-sub/subscriptions';
import { Transaction } from './transaction';
import type { Transport } from './transport';

/** What a server knows of one client, from connect to close. */
export class Session implements Watcher {
  database: Database;
  /** RESP version of its replies. */
  protocol: 2 | 3 = 2;
  /** Bits of Gate; 0 lets every command through. */
  gate = 0;
  /** Requests that wait while the session is blocked, in order. */
  readonly postponed: Arguments[] = [];
  isMonitor = false;
  isAuthenticated: boolean;
  transaction: Transaction | null = null;
  /** What it listens to; null where that is nothing. */
  subscriptions: Subscriptions | null = null;
  watchDirty = false;
  name = '';
  userName = 'default';
  /** CLIENT NO-EVICT. */
  isNoEvict = false;
  replyMode: 'on' | 'off' | 'skip' | 'skip-next' = 'on';
  lastCommand: Command | null = null;
  readonly createdAtMs: number;
  lastInteractionMs: number;
  transport: Transport | null = null;
  /** The output queue passed its soft limit at this time (ms), or 0. */
  softLimitSinceMs = 0;

  #ending = Ending.none;
  #block: Block | null = null;
  /** Requests of the session are being executed, so that it can end only after them. */
  #isServed = false;
  #hasLeft = false;
  /** Messages that wait for the end of a reply; null while there is none that they could come into the middle of. */
  #heldMessages: Buffer[] | null = null;

  constructor(
    readonly instance: Instance,
    readonly id: number,
  ) {
    this.database = instance.keyspace.databases[0]!;
    this.createdAtMs = instance.keyspace.nowMs;
    this.lastInteractionMs = this.createdAtMs;
    this.isAuthenticated = !instance.requiresPassword;
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

  /** Opens the gate for a session that has given its password, or closes it again (RESET). */
  setAuthenticated(isAuthenticated: boolean): void {
    this.isAuthenticated = isAuthenticated;
    this.setGate(Gate.authentication, !isAuthenticated);
  }

  beginTransaction(): Transaction {
    this.transaction = new Transaction();
    this.setGate(Gate.transaction, true);
    return this.transaction;
  }

  /** Drops the transaction and everything watched. */
  discardTransaction(): void {
    this.transaction = null;
    this.setGate(Gate.transaction, false);
    this.unwatch();
  }

  /** Its subscriptions, which exist from here on, so that the caller has to add some. */
  subscribe(): Subscriptions {
    this.subscriptions ??= new Subscriptions(this);
    this.setGate(Gate.subscribed, true);
    return this.subscriptions;
  }

  /** Makes it an ordinary session again if its last subscription has ended. */
  forgetEmptySubscriptions(): void {
    if (this.subscriptions?.isEmpty !== true) return;
    this.subscriptions = null;
    this.setGate(Gate.subscribed, false);
  }

  /** Sends a message outside of its replies, or keeps a copy of it until `releaseMessages`. */
  receive(message: PublishedMessage): void {
    if (this.isClosing) return;
    if (this.#heldMessages !== null) {
      this.#heldMessages.push(message.copyFrame(this.protocol));
      return;
    }
    this.transport?.writeShared(message.output(this.protocol));
    this.instance.clientLimits.check(this);
  }

  /** Lets messages wait while a command runs that may cause some in the middle of its reply. */
  holdMessages(): void {
    this.#heldMessages = [];
  }

  /** Sends the messages that have waited, also those of subscriptions that have ended since. */
  releaseMessages(): void {
    const held = this.#heldMessages ?? [];
    this.#heldMessages = null;
    if (held.length === 0) return;
    for (const frame of held) this.transport?.write(frame);
    this.instance.clientLimits.check(this);
  }

  /** Ends all its subscriptions, without a word. */
  unsubscribe(): void {
    this.subscriptions?.clear();
    this.forgetEmptySubscriptions();
  }

  unwatch(): void {
    this.instance.keyspace.watched.unwatch(this);
    this.watchDirty = false;
  }

  /** Takes on what another session is, but for its id, its transaction and its transport. */
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
    this.instance.monitors.remove(this);
    this.instance.updateGate();
    this.discardTransaction();
    this.unsubscribe();
    this.database = this.instance.keyspace.databases[0]!;
    this.protocol = 2;
    this.name = '';
    this.isNoEvict = false;
    this.setReplyMode('on');
    this.setAuthenticated(!this.instance.requiresPassword);
  }

  setReplyMode(mode: Session['replyMode']): void {
    this.replyMode = mode;
    this.setGate(Gate.silent, mode !== 'on');
  }

  #finish(): void {
    const { transport } = this;
    if (this.#ending === Ending.now || transport === null) this.#leave();
    if (this.#ending === Ending.afterReplies) transport?.end();
    else transport?.destroy();
  }

  /** Ends its part in everything. */
  #leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    const block = this.#block;
    this.#block = null;
    block?.cancel(this);
    this.postponed.length = 0;
    this.discardTransaction();
    this.unsubscribe();
    this.instance.sessions.forget(this);
  }

  private setGate(bit: number, isClosed: boolean): void {
    this.gate = isClosed ? this.gate | bit : this.gate & ~bit;
  }
}
