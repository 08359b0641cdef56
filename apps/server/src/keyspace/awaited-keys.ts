import type { Address } from '@nanoredis/intrusive-ds';
import type { ValueType } from '../values/entry';
import type { Database } from './database';
import { keyName } from './key-name';

/** Whoever waits for a value of a type under one of several keys: a client in a blocking command. */
export interface KeyWaiter {
  readonly type: ValueType;
  /** The keys that it waits for; AwaitedKeys keeps this list. */
  readonly awaitedKeys: AwaitedKey[];
  /**
   * Takes what it waits for from `entry`, a live value of its type under `key`, and leaves: it has called `forget` by
   * its end.
   */
  serve(key: AwaitedKey, entry: Address): void;
}

/** A key that somebody waits for. */
export interface AwaitedKey {
  readonly name: string;
  readonly database: Database;
  readonly key: Buffer;
  /** In the order in which they came. */
  readonly waiters: Set<KeyWaiter>;
  /** A value was put under it that somebody may wait for; it stands in the list of those that are served next. */
  isReady: boolean;
}

/**
 * The keys that blocked clients wait for, and those of them that have got a value. While nobody waits, a new key costs
 * one comparison with `count`, and a command one with `readyCount`; keys and clients that wait are few enough for the
 * JS heap.
 *
 * A key becomes ready when it comes into being (a list that grows has no waiters: it would have served them), and those
 * who wait are served when the command that did it is over, by `serveReady`. This is the order of redis-server 7.0's
 * blocked.c.
 */
export class AwaitedKeys {
  /** Number of different keys that somebody waits for now. */
  count = 0;
  /** Number of keys whose waiters `serveReady` has to look at. */
  readyCount = 0;
  readonly #keys = new Map<string, AwaitedKey>();
  /** How many wait, by the type that they wait for. */
  readonly #waitersByType = new Uint32Array(16);
  #ready: AwaitedKey[] = [];

  /**
   * Lets `waiter` wait for a key, too; behind those who do already. A key that it waits for already changes nothing.
   * O(key length).
   */
  await(waiter: KeyWaiter, database: Database, key: Uint8Array, start: number, end: number): void {
    const name = keyName(database.index, key, start, end);
    let awaited = this.#keys.get(name);
    if (awaited === undefined) {
      awaited = { name, database, key: Buffer.from(key.subarray(start, end)), waiters: new Set(), isReady: false };
      this.#keys.set(name, awaited);
      this.count++;
    }
    if (awaited.waiters.has(waiter)) return;
    if (waiter.awaitedKeys.length === 0) this.#waitersByType[waiter.type]!++;
    awaited.waiters.add(waiter);
    waiter.awaitedKeys.push(awaited);
  }

  /** Ends all waiting of `waiter`. O(keys that it waits for). */
  forget(waiter: KeyWaiter): void {
    const { awaitedKeys, type } = waiter;
    if (awaitedKeys.length === 0) return;
    this.#waitersByType[type]!--;
    for (const awaited of awaitedKeys) {
      awaited.waiters.delete(waiter);
      if (awaited.waiters.size > 0) continue;
      this.#keys.delete(awaited.name);
      this.count--;
    }
    awaitedKeys.length = 0;
  }

  /**
   * A value of a type has come to be under a key where nothing was. O(key length), or O(1) if nobody waits for the
   * type.
   */
  keyCreated(database: Database, type: ValueType, key: Uint8Array, start: number, end: number): void {
    if (this.#waitersByType[type] === 0) return;
    const awaited = this.#keys.get(keyName(database.index, key, start, end));
    if (awaited !== undefined) this.#makeReady(awaited);
  }

  /** A database has got the contents of another one (SWAPDB). O(awaited keys). */
  contentsReplaced(database: Database): void {
    for (const awaited of this.#keys.values()) {
      if (awaited.database === database && database.findRaw(awaited.key, 0, awaited.key.length) !== 0) {
        this.#makeReady(awaited);
      }
    }
  }

  /**
   * Serves those who wait for keys that are ready: key by key in the order in which they became ready, and at each key
   * who came first, as far as the value reaches. What a served one puts under another key (BLMOVE) is handed on, too.
   */
  serveReady(): void {
    while (this.readyCount !== 0) {
      const ready = this.#ready;
      this.#ready = [];
      this.readyCount = 0;
      for (const awaited of ready) {
        awaited.isReady = false;
        serveWaiters(awaited);
      }
    }
  }

  #makeReady(awaited: AwaitedKey): void {
    if (awaited.isReady) return;
    awaited.isReady = true;
    this.#ready.push(awaited);
    this.readyCount++;
  }
}

function serveWaiters(awaited: AwaitedKey): void {
  const { database, key, waiters } = awaited;
  for (const waiter of waiters) {
    const entry = database.find(key, 0, key.length);
    if (entry === 0) return;
    if (database.typeOf(entry) === waiter.type) waiter.serve(awaited, entry);
  }
}
