import { type ChangeFlags, Interest } from './change-flags';
import type { KeyLookup } from './key-lookup';
import { keyName } from './key-name';

/** A client that watches keys: a session between WATCH and EXEC. */
export interface Watcher {
  /** A watched key has changed: EXEC will reply null. */
  watchDirty: boolean;
}

interface WatchedKey {
  readonly database: KeyLookup;
  readonly key: Buffer;
  /** The key was past its deadline, but not deleted yet, when it was watched: its deletion is no change. */
  wasExpired: boolean;
}

/**
 * The keys that clients watch, by database and name. They are few enough for strings and maps of the JS heap.
 * `Interest.watchers` is set while there are any.
 */
export class WatchedKeys {
  readonly #flags: ChangeFlags;
  readonly #watchersByKey = new Map<string, Set<Watcher>>();
  readonly #keysByWatcher = new Map<Watcher, Map<string, WatchedKey>>();

  constructor(flags: ChangeFlags) {
    this.#flags = flags;
  }

  /** Number of different keys that are watched now. O(1). */
  get count(): number {
    return this.#watchersByKey.size;
  }

  /** Number of keys that `watcher` watches. O(1). */
  countOf(watcher: Watcher): number {
    return this.#keysByWatcher.size === 0 ? 0 : (this.#keysByWatcher.get(watcher)?.size ?? 0);
  }

  /** Watches `key` for `watcher`; a second time does nothing. O(key length). */
  watch(watcher: Watcher, database: KeyLookup, key: Uint8Array, start: number, end: number): void {
    const name = keyName(database.index, key, start, end);
    let keys = this.#keysByWatcher.get(watcher);
    if (keys === undefined) {
      keys = new Map();
      this.#keysByWatcher.set(watcher, keys);
    }
    if (keys.has(name)) return;
    keys.set(name, {
      database,
      key: Buffer.from(key.subarray(start, end)),
      wasExpired: database.isExpired(key, start, end),
    });
    const watchers = this.#watchersByKey.get(name);
    if (watchers === undefined) this.#watchersByKey.set(name, new Set([watcher]));
    else watchers.add(watcher);
    this.#flags.setInterest(Interest.watchers, true);
  }

  /** Forgets all keys that `watcher` watches. O(keys watched by it). */
  unwatch(watcher: Watcher): void {
    const keys = this.#keysByWatcher.get(watcher);
    if (keys === undefined) return;
    for (const name of keys.keys()) {
      const watchers = this.#watchersByKey.get(name)!;
      watchers.delete(watcher);
      if (watchers.size === 0) this.#watchersByKey.delete(name);
    }
    this.#keysByWatcher.delete(watcher);
    this.#flags.setInterest(Interest.watchers, this.#watchersByKey.size > 0);
  }

  /** A key has changed. O(watchers of it). */
  touch(database: KeyLookup, key: Uint8Array, start: number, end: number): void {
    const name = keyName(database.index, key, start, end);
    const watchers = this.#watchersByKey.get(name);
    if (watchers === undefined) return;
    for (const watcher of watchers) {
      const watched = this.#keysByWatcher.get(watcher)!.get(name)!;
      if (watched.wasExpired && database.findRaw(key, start, end) === 0) watched.wasExpired = false;
      else watcher.watchDirty = true;
    }
  }

  /**
   * The contents of `database` are about to be replaced by those of `incoming` (SWAPDB), or by nothing (FLUSHDB): every
   * watched key that is in either counts as changed, unless it is absent or past its deadline before and after.
   * O(watched keys).
   */
  touchDatabase(database: KeyLookup, incoming: KeyLookup | null): void {
    for (const [watcher, keys] of this.#keysByWatcher) {
      for (const watched of keys.values()) {
        if (watched.database === database && isReplaced(watched, incoming)) watcher.watchDirty = true;
      }
    }
  }

  /** Whether a key that `watcher` watches has passed its deadline since it was watched. O(keys watched by it). */
  hasExpired(watcher: Watcher): boolean {
    const keys = this.#keysByWatcher.get(watcher);
    if (keys === undefined) return false;
    for (const { database, key, wasExpired } of keys.values()) {
      if (!wasExpired && database.isExpired(key, 0, key.length)) return true;
    }
    return false;
  }
}

/** Whether a watched key changes when `incoming` takes the place of its database; notes if it was or will be expired. */
function isReplaced(watched: WatchedKey, incoming: KeyLookup | null): boolean {
  const { database, key } = watched;
  const exists = database.findRaw(key, 0, key.length) !== 0;
  const willExist = incoming !== null && incoming.findRaw(key, 0, key.length) !== 0;
  if (!exists && !willExist) return false;
  const existed = exists && !watched.wasExpired;
  watched.wasExpired = willExist && incoming.isExpired(key, 0, key.length);
  return existed || (willExist && !watched.wasExpired);
}
