import { beforeEach, describe, expect, it } from 'vitest';
import { KeyspaceFixture } from '../../test/harness/keyspace-fixture';
import { Encoding, ValueType } from '../values/entry';
import { ListEnd } from '../values/list/list-end';
import type { AwaitedKey, KeyWaiter } from './awaited-keys';

/** A keyspace in which people with names wait for lists, of which each takes one element. */
class WaitingFixture extends KeyspaceFixture {
  /** `name<key` in the order in which they were served. */
  readonly served: string[] = [];

  get awaited() {
    return this.keyspace.awaited;
  }

  waiter(name: string, type = ValueType.list): KeyWaiter {
    const waiter: KeyWaiter = {
      type,
      awaitedKeys: [],
      serve: (key: AwaitedKey, entry) => {
        this.served.push(`${name}<${key.key}@${key.database.index}`);
        this.awaited.forget(waiter);
        const { lists } = this.keyspace.values;
        const list = key.database.valueOf(entry);
        lists.drop(list, ListEnd.front);
        if (lists.length(list) === 0) key.database.remove(entry);
      },
    };
    return waiter;
  }

  await(waiter: KeyWaiter, key: string, index = 0): KeyWaiter {
    const bytes = Buffer.from(`<${key}>`);
    this.awaited.await(waiter, this.database(index), bytes, 1, bytes.length - 1);
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
    this.awaited.serveReady();
    return this.served.splice(0);
  }
}

describe('AwaitedKeys', () => {
  let fixture: WaitingFixture;

  beforeEach(() => {
    fixture = new WaitingFixture();
  });

  it('knows of nothing while nobody waits', () => {
    fixture.list('k', 1);
    expect(fixture.awaited).toMatchObject({ count: 0, readyCount: 0 });
    const waiter = fixture.await(fixture.waiter('ann'), 'j');
    expect(fixture.awaited.count).toBe(1);
    fixture.awaited.forget(waiter);
    fixture.awaited.forget(waiter);
    fixture.list('j', 1);
    expect(fixture.awaited).toMatchObject({ count: 0, readyCount: 0 });
  });

  it('serves in the order of coming, as far as the elements reach', () => {
    for (const name of ['ann', 'bob', 'cy']) fixture.await(fixture.waiter(name), 'k');
    expect(fixture.awaited.count).toBe(1);
    fixture.list('k', 2);
    expect(fixture.awaited.readyCount).toBe(1);
    expect(fixture.serve()).toEqual(['ann<k@0', 'bob<k@0']);
    expect(fixture.find('k')).toBe(0);
    fixture.list('k', 2);
    expect(fixture.serve()).toEqual(['cy<k@0']);
    expect(fixture.awaited).toMatchObject({ count: 0, readyCount: 0 });
  });

  it('serves a key when it is told to, not when it comes into being', () => {
    fixture.await(fixture.waiter('ann'), 'k');
    fixture.list('k', 1);
    fixture.remove('k');
    expect(fixture.serve()).toEqual([]);
    fixture.list('k', 1);
    fixture.remove('k');
    fixture.list('k', 3);
    expect(fixture.awaited.readyCount).toBe(1);
    expect(fixture.serve()).toEqual(['ann<k@0']);
  });

  it('serves one that waits for several keys once, at the first that is ready', () => {
    const ann = fixture.waiter('ann');
    for (const key of ['a', 'b', 'c', 'a']) fixture.await(ann, key);
    expect(fixture.awaited.count).toBe(3);
    fixture.list('c', 1);
    fixture.list('a', 1);
    expect(fixture.serve()).toEqual(['ann<c@0']);
    expect(fixture.awaited.count).toBe(0);
    expect(fixture.find('a')).not.toBe(0);
  });

  it('tells types and databases apart', () => {
    fixture.await(fixture.waiter('ann', ValueType.sortedSet), 'k');
    fixture.await(fixture.waiter('bob'), 'k', 1);
    fixture.await(fixture.waiter('cy'), 'k');
    fixture.list('k', 2);
    fixture.list('k', 1, 2);
    expect(fixture.serve()).toEqual(['cy<k@0']);
    fixture.move('k', 0, 'k', 1);
    expect(fixture.serve()).toEqual(['bob<k@1']);
    expect(fixture.awaited.count).toBe(1);
  });

  it('hears of keys that are renamed, copied and swapped in, but not of values that replace others', () => {
    fixture.await(fixture.waiter('ann'), 'k');
    fixture.list('j', 3);
    fixture.copy('j', 0, 'k', 0);
    expect(fixture.serve()).toEqual(['ann<k@0']);
    fixture.remove('k');
    fixture.await(fixture.waiter('bob'), 'k');
    fixture.move('j', 0, 'k', 0);
    expect(fixture.serve()).toEqual(['bob<k@0']);
    fixture.remove('k');
    fixture.await(fixture.waiter('cy'), 'k');
    fixture.list('k', 1, 1);
    fixture.keyspace.swap(fixture.database(0), fixture.database(1));
    expect(fixture.serve()).toEqual(['cy<k@0']);
    fixture.set('k');
    fixture.await(fixture.waiter('dee'), 'k');
    const key = Buffer.from('k');
    const { lists } = fixture.keyspace.values;
    const list = lists.create();
    lists.push(list, ListEnd.back, key, 0, 1);
    const database = fixture.database(0);
    database.attach(database.prepare(key, 0, 1, ValueType.list, Encoding.quicklist, list));
    expect(fixture.serve()).toEqual([]);
  });

  it('does not serve from a value past its deadline', () => {
    fixture.await(fixture.waiter('ann'), 'k');
    fixture.list('k', 1);
    fixture.expireIn('k', 5);
    fixture.advance(5);
    expect(fixture.serve()).toEqual([]);
    expect(fixture.find('k')).toBe(0);
    expect(fixture.awaited.count).toBe(1);
  });

  it('serves what one who was served has given to others', () => {
    const giver = fixture.waiter('giver');
    const { serve } = giver;
    giver.serve = (key, entry) => {
      serve(key, entry);
      fixture.list('gift', 1);
    };
    fixture.await(fixture.waiter('ann'), 'gift');
    fixture.await(giver, 'k');
    fixture.list('k', 1);
    expect(fixture.serve()).toEqual(['giver<k@0', 'ann<gift@0']);
  });
});
