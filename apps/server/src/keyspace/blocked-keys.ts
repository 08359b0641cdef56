import type { Address } from '@nanoredis/intrusive-ds';
import type { ValueType } from '../values/entry';
import { type ChangeFlags, Interest, Pending } from './change-flags';
import type { KeyLookup } from './key-lookup';
import { keyName } from './key-name';

/** What may end the wait of a KeyWaiter. */
export enum WaitsFor {
  /** A value of its type is created under the key: BLPOP, BZPOPMIN. A list that grows has no waiters. */
  creation = 0,
  /** Anything happens to the key: it is created, changed, deleted, or replaced by a value of another type. */
  change = 1,
}

/** A client that waits for one of several keys. */
export interface KeyWaiter {
  /** The type of value that it waits for. */
  readonly type: ValueType;
  readonly waitsFor: WaitsFor;
  /** The keys that it waits for; BlockedKeys maintains this list. */
  readonly blockedKeys: BlockedKey[];
  /**
   * A key is ready. One that waits for the creation of a value gets the address of a value of its type, takes what it
   * waits for, and stops waiting: it has called `BlockedKeys.remove` when it returns. One that waits for any change
   * gets what is stored under the key now, of whatever type, or 0, and may go on waiting.
   */
  serve(key: BlockedKey, entry: Address): void;
}

/** A key that clients are blocked on. */
export interface BlockedKey {
  readonly name: string;
  readonly database: KeyLookup;
  readonly key: Buffer;
  /** In the order in which they came. */
  readonly waiters: Set<KeyWaiter>;
  /** Whether it is in the list of keys that are served next. */
  isReady: boolean;
}

/**
 * The keys that clients are blocked on, and those of them that are ready. `Interest.blockedClients` is set while there
 * are any; they are few enough for the JS heap.
 *
 * A key becomes ready when a value that a client waits for is created under it (or, for a client that asks for it, when
 * it changes in any way). When the command that did it is over, or the whole transaction, `serveReady` serves its
 * waiters. This is the order of redis-server 7.0's blocked.c.
 */
export class BlockedKeys {
  readonly #flags: ChangeFlags;
  readonly #keys = new Map<string, BlockedKey>();
  /** Number of waiters, by the type that they wait for. */
  readonly #waitersByType = new Uint32Array(16);
  /** Number of waiters that wait for any change. */
  #changeWaiters = 0;
  #ready: BlockedKey[] = [];

  constructor(flags: ChangeFlags) {
    this.#flags = flags;
  }

  /** Number of different keys that clients are blocked on now. O(1). */
  get count(): number {
    return this.#keys.size;
  }

  /**
   * Lets `waiter` wait for a key too, behind those that wait already; one that it waits for already changes nothing.
   * O(key length).
   */
  add(waiter: KeyWaiter, database: KeyLookup, key: Uint8Array, start: number, end: number): void {
    const name = keyName(database.index, key, start, end);
    let blocked = this.#keys.get(name);
    if (blocked === undefined) {
      blocked = { name, database, key: Buffer.from(key.subarray(start, end)), waiters: new Set(), isReady: false };
      this.#keys.set(name, blocked);
      this.#flags.setInterest(Interest.blockedClients, true);
    }
    if (blocked.waiters.has(waiter)) return;
    if (waiter.blockedKeys.length === 0) this.#count(waiter, 1);
    blocked.waiters.add(waiter);
    waiter.blockedKeys.push(blocked);
  }

  /** Ends all waiting of `waiter`. O(keys that it waits for). */
  remove(waiter: KeyWaiter): void {
    const { blockedKeys } = waiter;
    if (blockedKeys.length === 0) return;
    this.#count(waiter, -1);
    for (const blocked of blockedKeys) {
      blocked.waiters.delete(waiter);
      if (blocked.waiters.size === 0) this.#keys.delete(blocked.name);
    }
    blockedKeys.length = 0;
    this.#flags.setInterest(Interest.blockedClients, this.#keys.size > 0);
  }

  /** A value of a type was created under a key that was absent. O(key length), O(1) if no client waits for the type. */
  keyCreated(database: KeyLookup, type: ValueType, key: Uint8Array, start: number, end: number): void {
    if (this.#waitersByType[type] === 0) return;
    const blocked = this.#keys.get(keyName(database.index, key, start, end));
    if (blocked !== undefined) this.#makeReady(blocked);
  }

  /** A key has changed in any way. O(key length), O(1) if no client waits for that. */
  keyChanged(database: KeyLookup, key: Uint8Array, start: number, end: number): void {
    if (this.#changeWaiters === 0) return;
    const blocked = this.#keys.get(keyName(database.index, key, start, end));
    if (blocked !== undefined) this.#makeReady(blocked);
  }

  /**
   * The contents of `database` are about to be replaced by those of `incoming` (SWAPDB), or by nothing (FLUSHDB).
   * O(blocked keys).
   */
  contentsReplaced(database: KeyLookup, incoming: KeyLookup | null): void {
    for (const blocked of this.#keys.values()) {
      if (blocked.database !== database) continue;
      const { key } = blocked;
      const willExist = incoming !== null && incoming.findRaw(key, 0, key.length) !== 0;
      const mayEndWait = this.#changeWaiters > 0 && database.findRaw(key, 0, key.length) !== 0;
      if (willExist || mayEndWait) this.#makeReady(blocked);
    }
  }

  /**
   * Serves the waiters of ready keys: key by key in the order in which they became ready, and at each key in the order
   * in which the waiters came, as long as there is something to take. What this makes ready (BLMOVE) is served too.
   */
  serveReady(): void {
    while (this.#ready.length > 0) {
      const ready = this.#ready;
      this.#ready = [];
      this.#flags.pending &= ~Pending.readyKeys;
      for (const blocked of ready) {
        blocked.isReady = false;
        this.#serveWaiters(blocked);
      }
    }
  }

  #count(waiter: KeyWaiter, step: 1 | -1): void {
    this.#waitersByType[waiter.type]! += step;
    if (waiter.waitsFor === WaitsFor.change) this.#changeWaiters += step;
  }

  #makeReady(blocked: BlockedKey): void {
    if (blocked.isReady) return;
    blocked.isReady = true;
    this.#ready.push(blocked);
    this.#flags.pending |= Pending.readyKeys;
  }

  #serveWaiters(blocked: BlockedKey): void {
    const { database, key, waiters } = blocked;
    for (const waiter of waiters) {
      const entry = database.findForChange(key, 0, key.length);
      if (entry === 0 && this.#changeWaiters === 0) return;
      const isThere = entry !== 0 && database.typeOf(entry) === waiter.type;
      if (isThere || waiter.waitsFor === WaitsFor.change) waiter.serve(blocked, entry);
    }
  }
}
