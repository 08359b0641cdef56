import { beforeEach, describe, expect, it } from 'vitest';
import { KeyspaceFixture } from '../../test/harness/keyspace-fixture';
import { Encoding, ValueType } from '../values/entry';
import { ListEnd } from '../values/list/list-end';
import { type BlockedKey, type KeyWaiter, WaitsFor } from './blocked-keys';
import { Pending } from './change-flags';
import { KeyEvents } from './key-event';

/** A keyspace with waiters of which each has a name and takes one element of a list. */
class WaitingFixture extends KeyspaceFixture {
  /** `name<key` in the order in which they were served. */
  readonly served: string[] = [];

  get blocked() {
    return this.keyspace.changes.blocked;
  }

  get hasReadyKeys(): boolean {
    return (this.keyspace.changes.pending & Pending.readyKeys) !== 0;
  }

  waiter(name: string, type = ValueType.list): KeyWaiter {
    const waiter: KeyWaiter = {
      type,
      waitsFor: WaitsFor.creation,
      blockedKeys: [],
      serve: (key: BlockedKey, entry) => {
        this.served.push(`${name}<${key.key}@${key.database.index}`);
        this.blocked.remove(waiter);
        const { lists } = this.keyspace.values;
        const database = this.database(key.database.index);
        const list = database.valueOf(entry);
        lists.drop(list, ListEnd.front);
        if (lists.length(list) === 0) database.remove(entry);
      },
    };
    return waiter;
  }

  block(waiter: KeyWaiter, key: string, index = 0): KeyWaiter {
    const bytes = Buffer.from(`<${key}>`);
    this.blocked.add(waiter, this.database(index), bytes, 1, bytes.length - 1);
    return waiter;
  }

  list(name: string, length: number, index = 0): void {
    const { lists } = this.keyspace.values;
    const key = Buffer.from(name);
    const list = lists.create();
    for (let i = 0; i < length; i++) lists.push(list, ListEnd.back, key, 0, key.length);
    this.database(index).create(key, 0, key.length, ValueType.list, Encoding.quicklist, list);
  }

  serve(): string[] {
    this.blocked.serveReady();
    return this.served.splice(0);
  }
}

describe('BlockedKeys', () => {
  let fixture: WaitingFixture;

  beforeEach(() => {
    fixture = new WaitingFixture();
  });

  it('does nothing while there is no waiter', () => {
    fixture.list('k', 1);
    expect([fixture.blocked.count, fixture.keyspace.changes.pending]).toEqual([0, 0]);
    const waiter = fixture.block(fixture.waiter('ann'), 'j');
    expect(fixture.blocked.count).toBe(1);
    fixture.blocked.remove(waiter);
    fixture.blocked.remove(waiter);
    fixture.list('j', 1);
    expect([fixture.blocked.count, fixture.keyspace.changes.pending]).toEqual([0, 0]);
  });

  it('serves in the order of coming, as far as the elements reach', () => {
    for (const name of ['ann', 'bob', 'cy']) fixture.block(fixture.waiter(name), 'k');
    expect(fixture.blocked.count).toBe(1);
    fixture.list('k', 2);
    expect(fixture.hasReadyKeys).toBe(true);
    expect(fixture.serve()).toEqual(['ann<k@0', 'bob<k@0']);
    expect(fixture.find('k')).toBe(0);
    fixture.list('k', 2);
    expect(fixture.serve()).toEqual(['cy<k@0']);
    expect([fixture.blocked.count, fixture.keyspace.changes.pending]).toEqual([0, 0]);
  });

  it('serves a key when it is told to, not when it is created', () => {
    fixture.block(fixture.waiter('ann'), 'k');
    fixture.list('k', 1);
    fixture.remove('k');
    expect(fixture.serve()).toEqual([]);
    fixture.list('k', 1);
    fixture.remove('k');
    fixture.list('k', 3);
    expect(fixture.hasReadyKeys).toBe(true);
    expect(fixture.serve()).toEqual(['ann<k@0']);
  });

  it('serves one that waits for several keys once, at the first that is ready', () => {
    const ann = fixture.waiter('ann');
    for (const key of ['a', 'b', 'c', 'a']) fixture.block(ann, key);
    expect(fixture.blocked.count).toBe(3);
    fixture.list('c', 1);
    fixture.list('a', 1);
    expect(fixture.serve()).toEqual(['ann<c@0']);
    expect(fixture.blocked.count).toBe(0);
    expect(fixture.find('a')).not.toBe(0);
  });

  it('tells types and databases apart', () => {
    fixture.block(fixture.waiter('ann', ValueType.sortedSet), 'k');
    fixture.block(fixture.waiter('bob'), 'k', 1);
    fixture.block(fixture.waiter('cy'), 'k');
    fixture.list('k', 2);
    fixture.list('k', 1, 2);
    expect(fixture.serve()).toEqual(['cy<k@0']);
    fixture.move('k', 0, 'k', 1);
    expect(fixture.serve()).toEqual(['bob<k@1']);
    expect(fixture.blocked.count).toBe(1);
  });

  it('is notified of keys that are renamed, copied and swapped in, but not of values that replace others', () => {
    fixture.block(fixture.waiter('ann'), 'k');
    fixture.list('j', 3);
    fixture.copy('j', 0, 'k', 0);
    expect(fixture.serve()).toEqual(['ann<k@0']);
    fixture.remove('k');
    fixture.block(fixture.waiter('bob'), 'k');
    fixture.move('j', 0, 'k', 0);
    expect(fixture.serve()).toEqual(['bob<k@0']);
    fixture.remove('k');
    fixture.block(fixture.waiter('cy'), 'k');
    fixture.list('k', 1, 1);
    fixture.keyspace.swap(fixture.database(0), fixture.database(1));
    expect(fixture.serve()).toEqual(['cy<k@0']);
    fixture.set('k');
    fixture.block(fixture.waiter('dee'), 'k');
    const key = Buffer.from('k');
    const { lists } = fixture.keyspace.values;
    const list = lists.create();
    lists.push(list, ListEnd.back, key, 0, 1);
    const database = fixture.database(0);
    database.attach(database.prepare(key, 0, 1, ValueType.list, Encoding.quicklist, list));
    expect(fixture.serve()).toEqual([]);
  });

  it('does not serve from a value past its deadline', () => {
    fixture.block(fixture.waiter('ann'), 'k');
    fixture.list('k', 1);
    fixture.expireIn('k', 5);
    fixture.advance(5);
    expect(fixture.serve()).toEqual([]);
    expect(fixture.find('k')).toBe(0);
    expect(fixture.blocked.count).toBe(1);
  });

  it('serves what one who was served has given to others', () => {
    const giver = fixture.waiter('giver');
    const { serve } = giver;
    giver.serve = (key, entry) => {
      serve(key, entry);
      fixture.list('gift', 1);
    };
    fixture.block(fixture.waiter('ann'), 'gift');
    fixture.block(giver, 'k');
    fixture.list('k', 1);
    expect(fixture.serve()).toEqual(['giver<k@0', 'ann<gift@0']);
  });
});

describe('a waiter for any change', () => {
  /** Waits for changes of keys, and notes what is there: `key:type`, `key:nothing`. */
  function changeWaiter(fixture: WaitingFixture, ...keys: string[]): KeyWaiter {
    const waiter: KeyWaiter = {
      type: ValueType.stream,
      waitsFor: WaitsFor.change,
      blockedKeys: [],
      serve: (key, entry) => {
        const database = fixture.database(key.database.index);
        fixture.served.push(`${key.key}:${entry === 0 ? 'nothing' : ValueType[database.typeOf(entry)]}`);
      },
    };
    for (const key of keys) fixture.block(waiter, key);
    return waiter;
  }

  function change(fixture: WaitingFixture, name: string, index = 0): void {
    const key = Buffer.from(name);
    fixture.database(index).changed(KeyEvents.generic.del, key, 0, key.length);
  }

  let fixture: WaitingFixture;

  beforeEach(() => {
    fixture = new WaitingFixture();
  });

  it('is notified of the creation, the change and the deletion of a key, and of another type in its place', () => {
    changeWaiter(fixture, 'k');
    fixture.list('k', 1);
    change(fixture, 'k');
    expect(fixture.serve()).toEqual(['k:list']);
    change(fixture, 'k');
    expect(fixture.serve()).toEqual(['k:list']);
    fixture.set('k');
    change(fixture, 'k');
    expect(fixture.serve()).toEqual(['k:string']);
    fixture.remove('k');
    change(fixture, 'k');
    expect(fixture.serve()).toEqual(['k:nothing']);
    change(fixture, 'other');
    change(fixture, 'k', 1);
    expect(fixture.serve()).toEqual([]);
  });

  it('is notified of expiry, eviction, flush and swap', () => {
    changeWaiter(fixture, 'a', 'b', 'c', 'd');
    for (const name of ['a', 'b', 'c']) fixture.set(name);
    fixture.expireIn('a', 10);
    fixture.advance(10);
    fixture.keyspace.expireDue(() => false);
    expect(fixture.served.splice(0)).toEqual(['a:nothing']);
    fixture.database(0).evict(fixture.find('b'));
    expect(fixture.serve()).toEqual(['b:nothing']);
    fixture.keyspace.flush(fixture.database(0), false);
    expect(fixture.serve()).toEqual(['c:nothing']);
    fixture.set('d', 'v', 1);
    fixture.keyspace.swap(fixture.database(0), fixture.database(1));
    expect(fixture.serve()).toEqual(['d:string']);
  });

  it('sees only what is there when the unit is over', () => {
    changeWaiter(fixture, 'k');
    fixture.list('k', 1);
    change(fixture, 'k');
    fixture.remove('k');
    change(fixture, 'k');
    expect(fixture.serve()).toEqual(['k:nothing']);
  });

  it('waits beside others, which are notified of creations only', () => {
    const waiter = changeWaiter(fixture, 'k');
    fixture.block(fixture.waiter('ann'), 'k');
    fixture.list('k', 2);
    change(fixture, 'k');
    expect(fixture.serve()).toEqual(['k:list', 'ann<k@0']);
    fixture.block(fixture.waiter('bob'), 'k');
    change(fixture, 'k');
    expect(fixture.serve()).toEqual(['k:list', 'bob<k@0']);
    fixture.blocked.remove(waiter);
    fixture.block(fixture.waiter('cy'), 'k');
    change(fixture, 'k');
    expect(fixture.serve()).toEqual([]);
  });
});
