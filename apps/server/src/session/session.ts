import type { SharedOutput } from '@nanoredis/event-loop';
import type { Command } from '../command/command';
import type { Instance } from '../instance';
import type { Database } from '../keyspace/database';
import type { Watcher } from '../keyspace/watched-keys';
import type { Arguments } from '../request/arguments';
import type { BlockedClient } from './blocked-client';
import { Gate } from './gate';
import type { PublishedMessage } from './pub-sub/published-message';
import { Subscriptions } from './pub-sub/subscriptions';
import { Transaction } from './transaction';

/** The way to a session's client; in-process sessions have none. */
export interface Transport {
  /** `address:port`, or `path:0` for a unix socket. */
  readonly remoteAddress: string;
  readonly localAddress: string;
  /** Whether the client is on this machine (loopback or a unix socket). */
  readonly isLocal: boolean;
  readonly isUnix: boolean;
  /** Whether what is written may still reach the client. */
  readonly isOpen: boolean;
  readonly fd: number;
  /** Bytes of replies that the kernel has not taken yet. */
  readonly queuedBytes: number;
  /** Bytes of requests that were received and not yet executed. */
  readonly bufferedBytes: number;
  /** Sends bytes outside a reply: MONITOR's feed, pushes. Copies them. */
  write(bytes: Uint8Array): void;
  /** Sends bytes outside a reply that others get too. */
  writeShared(output: SharedOutput): void;
  /** Closes once everything written so far has been sent; nothing more is read. */
  end(): void;
  /** Closes now. */
  destroy(): void;
  /** Stops executing requests until `resume`; what arrives waits. */
  pause(): void;
  resume(): void;
}

/** What a server knows of one client, from connect to close. */
export class Session implements Watcher {
  database: Database;
  /** RESP version of its replies. */
  protocol: 2 | 3 = 2;
  /** Bits of Gate; 0 lets every command through. */
  gate = 0;
  /** No further request of it is executed; the connection ends when its replies are sent. */
  isClosing = false;
  /** Waits for something (a blocking command, CLIENT PAUSE); no further request of it is executed until then. */
  isBlocked = false;
  /** What it waits for in a blocking command. */
  wait: BlockedClient | null = null;
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

  /** Executes nothing more until `resume`; `request`, which the caller gives away, is the first to be executed then. */
  block(request: Arguments): void {
    this.isBlocked = true;
    this.postponed.unshift(request);
    this.transport?.pause();
  }

  /** Goes on after `block`: the postponed requests run first, then what has arrived meanwhile. */
  resume(): void {
    this.isBlocked = false;
    this.transport?.resume();
  }

  /** Ends the session once its replies are sent. */
  close(): void {
    this.isClosing = true;
    this.transport?.end();
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

  private setGate(bit: number, isClosed: boolean): void {
    this.gate = isClosed ? this.gate | bit : this.gate & ~bit;
  }
}
