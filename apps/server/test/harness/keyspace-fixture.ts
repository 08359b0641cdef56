import type { Address } from '@nanoredis/intrusive-ds';
import type { Database } from '../../src/keyspace/database';
import { EventClass } from '../../src/keyspace/key-event';
import { Keyspace } from '../../src/keyspace/keyspace';
import { copyEntry, moveEntry } from '../../src/keyspace/transfer';
import { SeededRandom } from '../../src/runtime/random';

/** When the keyspaces of tests begin, ms since the epoch. */
export const START_MS = 1_700_000_000_000;

const EVERY_CLASS = Object.values(EventClass).reduce((bits, bit) => bits | bit, 0);

/** A keyspace whose time the test moves, with strings for keys and values (one byte a character). */
export class KeyspaceFixture {
  readonly keyspace: Keyspace;
  /** `event@database:key`, in order, once `listen` was called. */
  readonly events: string[] = [];

  constructor(seed = 1, databaseCount = 3) {
    const random = new SeededRandom(seed);
    this.keyspace = new Keyspace(databaseCount, START_MS, random);
  }

  database(index: number): Database {
    return this.keyspace.databases[index]!;
  }

  /** Collects the events of every class from now on. */
  listen(): this {
    const { changes } = this.keyspace;
    changes.notifiedClasses = EVERY_CLASS;
    changes.onEvent = (event, database, key, start, end) => {
      this.events.push(`${event.name}@${database}:${Buffer.from(key).toString('latin1', start, end)}`);
    };
    return this;
  }

  advance(ms: number): void {
    this.keyspace.setTime(this.keyspace.nowMs + ms);
  }

  set(name: string, value = 'v', index = 0): Address {
    const key = Buffer.from(name, 'latin1');
    const bytes = Buffer.from(value, 'latin1');
    return this.database(index).strings.set(key, 0, key.length, bytes, 0, bytes.length);
  }

  find(name: string, index = 0): Address {
    const key = Buffer.from(name, 'latin1');
    return this.database(index).find(key, 0, key.length);
  }

  get(name: string, index = 0): string | null {
    const entry = this.find(name, index);
    if (entry === 0) return null;
    const view = this.keyspace.view.locate(entry);
    return view.bytes.toString('latin1', view.start, view.end);
  }

  remove(name: string, index = 0): void {
    this.database(index).remove(this.find(name, index));
  }

  /** Gives a key a deadline `ms` from now. */
  expireIn(name: string, ms: number, index = 0): void {
    this.database(index).setDeadline(this.find(name, index), this.keyspace.nowMs + ms);
  }

  move(name: string, index: number, newName: string, newIndex: number): Address {
    const key = Buffer.from(newName, 'latin1');
    const [source, target] = [this.database(index), this.database(newIndex)];
    return moveEntry(this.keyspace, source, this.find(name, index), target, key, 0, key.length);
  }

  copy(name: string, index: number, newName: string, newIndex: number): Address {
    const key = Buffer.from(newName, 'latin1');
    const [source, target] = [this.database(index), this.database(newIndex)];
    return copyEntry(this.keyspace, source, this.find(name, index), target, key, 0, key.length);
  }

  nameOf(entry: Address, index = 0): string {
    const database = this.database(index);
    const start = database.keyStartOf(entry);
    return database.keyBytesOf(entry).toString('latin1', start, start + database.keyLengthOf(entry));
  }

  /** Names of all entries, those past their deadline included, in order. */
  names(index = 0): string[] {
    const names: string[] = [];
    this.database(index).forEach((entry) => {
      names.push(this.nameOf(entry, index));
    });
    return names.sort();
  }
}
