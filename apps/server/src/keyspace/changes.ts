import type { Request } from '@nanoredis/resp-codec';
import type { ValueType } from '../values/entry';
import { BlockedKeys } from './blocked-keys';
import { ChangeFlags, Interest, PENDING_OF_CALL, Pending } from './change-flags';
import { type KeyEvent, KeyEvents } from './key-event';
import type { KeyLookup } from './key-lookup';
import { Propagation } from './propagation';
import { WatchedKeys } from './watched-keys';

/** Receives the keyspace events of the classes in `notifiedClasses`. The key is valid only during the call. */
export type KeyEventListener = (
  event: KeyEvent,
  databaseIndex: number,
  key: Uint8Array,
  start: number,
  end: number,
) => void;

/**
 * The one exit for writes: every mutation of the keyspace is reported here, by kind. From it follow the count of changes
 * (dirty), watched keys, keyspace events, blocked keys, and what is propagated.
 *
 * ```
 * a command ──── Database.changed ──┐                       ┌─ dirty
 * a new key ──── created            │                       ├─ watched keys    (WATCH)
 * deadline ───── expired            ├──► Changes ───────────┼─ keyspace events (notify-keyspace-events)
 * maxmemory ──── evicted            │    while `interests`  ├─ blocked keys    (BLPOP)
 * FLUSHDB ────── flushed            │    is not 0           └─ propagation     (append-only file, replicas)
 * SWAPDB ─────── swapped ───────────┘
 * ```
 *
 * While there is no interest, a change costs one comparison with `interests`. What follows a command as a whole is done at
 * its end, by `endCall` and `endUnit`; while there is nothing to do, that costs one comparison with `pending`.
 */
export class Changes extends ChangeFlags {
  /** Number of changes since the start; a command counts as many as redis-server does. */
  dirty = 0;
  readonly watched = new WatchedKeys(this);
  readonly blocked = new BlockedKeys(this);
  readonly propagation = new Propagation(this);
  /** Receives keyspace events. */
  onEvent: KeyEventListener = () => {};
  #notifiedClasses = 0;

  /** Bits of EventClass that are published. */
  get notifiedClasses(): number {
    return this.#notifiedClasses;
  }

  set notifiedClasses(classes: number) {
    this.#notifiedClasses = classes;
    this.setInterest(Interest.listeners, classes !== 0);
  }

  /**
   * Counts changes of which only the count is known outside, as redis-server does for a change that it reports to no
   * watcher. Everything else goes through `Database.changed`. O(1).
   */
  countOnly(count: number): void {
    this.dirty += count;
    if ((this.interests & Interest.propagation) !== 0) this.pending |= Pending.changed;
  }

  /** Notifies the interested of a change that `Database.changed` has counted; `event` is null where none is published. */
  reportChange(
    database: KeyLookup,
    event: KeyEvent | null,
    key: Uint8Array,
    start: number,
    end: number,
    count: number,
  ): void {
    this.#touch(database, key, start, end);
    if (count > 0 && (this.interests & Interest.propagation) !== 0) this.pending |= Pending.changed;
    if (event !== null) this.notify(event, database, key, start, end);
  }

  /** A key was created by a command. The command reports with `Database.changed` what it has done. */
  created(database: KeyLookup, type: ValueType, key: Uint8Array, start: number, end: number): void {
    this.notify(KeyEvents.newKey.new, database, key, start, end);
    if ((this.interests & Interest.blockedClients) !== 0) this.blocked.keyCreated(database, type, key, start, end);
  }

  /** A key was deleted because its deadline has passed. As in redis-server, this does not count in `dirty`. */
  expired(database: KeyLookup, key: Uint8Array, start: number, end: number, lazily: boolean): void {
    this.#deleted(database, KeyEvents.expired.expired, key, start, end, lazily);
  }

  /** A key was deleted to free memory. As in redis-server, this does not count in `dirty`. */
  evicted(database: KeyLookup, key: Uint8Array, start: number, end: number, lazily: boolean): void {
    this.#deleted(database, KeyEvents.evicted.evicted, key, start, end, lazily);
  }

  /** A database of `count` keys is about to be emptied. O(watched and blocked keys). */
  flushed(database: KeyLookup, count: number): void {
    this.dirty += count;
    if (this.interests !== 0) this.#contentsReplaced(database, null, count);
  }

  /** Two databases are about to exchange their contents. With itself, a database changes nothing. O(watched and blocked keys). */
  swapped(first: KeyLookup, second: KeyLookup): void {
    this.dirty++;
    if (this.interests === 0) return;
    if ((this.interests & Interest.propagation) !== 0) this.pending |= Pending.changed;
    if (first === second) return;
    this.#contentsReplaced(first, second, 0);
    this.#contentsReplaced(second, first, 0);
  }

  /** Publishes an event. A command does so with `Database.changed`; what is no change (a miss) comes here by itself. */
  notify(event: KeyEvent, database: KeyLookup, key: Uint8Array, start: number, end: number): void {
    if ((this.#notifiedClasses & event.class) !== 0) this.onEvent(event, database.index, key, start, end);
  }

  /** Puts what the running call has pending aside for a call within it. Returns what `resumeCall` gets. O(1). */
  suspendCall(): number {
    const marks = this.pending & PENDING_OF_CALL;
    this.pending &= ~PENDING_OF_CALL;
    return marks;
  }

  /** Goes on with the call that was suspended. O(1). */
  resumeCall(marks: number): void {
    this.pending |= marks;
  }

  /** Ends one call of a command. To be called only while `pending` is not 0. See Propagation.endCall. */
  endCall(request: Request, databaseIndex: number): void {
    this.propagation.endCall(request, databaseIndex);
  }

  /**
   * Ends the service of one blocked client: what it has propagated is an execution unit of its own. To be called before
   * the client's next command runs. O(1) while nothing is propagated.
   */
  endService(): void {
    this.pending &= ~PENDING_OF_CALL;
    if (this.pending !== 0) this.propagation.endUnit(true);
  }

  /**
   * Ends an execution unit: propagates it, then serves the clients that are blocked on keys that it has made ready. To be
   * called only while `pending` is not 0.
   * @param isTransaction whether its commands belong together; not so the deletions of expired and evicted keys.
   */
  endUnit(isTransaction = true): void {
    this.propagation.endUnit(isTransaction);
    if ((this.pending & Pending.readyKeys) === 0) return;
    this.blocked.serveReady();
    // A ready key may have expired before a client was served from it.
    if (this.pending !== 0) this.propagation.endUnit(true);
  }

  #touch(database: KeyLookup, key: Uint8Array, start: number, end: number): void {
    if ((this.interests & Interest.watchers) !== 0) this.watched.touch(database, key, start, end);
    if ((this.interests & Interest.blockedClients) !== 0) this.blocked.keyChanged(database, key, start, end);
  }

  #deleted(database: KeyLookup, event: KeyEvent, key: Uint8Array, start: number, end: number, lazily: boolean): void {
    this.#touch(database, key, start, end);
    if (this.propagation.isOn) this.propagation.keyDeleted(database.index, key, start, end, lazily);
    this.notify(event, database, key, start, end);
  }

  #contentsReplaced(database: KeyLookup, incoming: KeyLookup | null, count: number): void {
    if ((this.interests & Interest.watchers) !== 0) this.watched.touchDatabase(database, incoming);
    if ((this.interests & Interest.blockedClients) !== 0) this.blocked.contentsReplaced(database, incoming);
    if (count > 0 && (this.interests & Interest.propagation) !== 0) this.pending |= Pending.changed;
  }
}
