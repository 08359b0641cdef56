import { describe, expect, it } from 'vitest';
import { KeyspaceFixture } from '../../test/harness/keyspace-fixture';
import { KeyEvents } from './key-event';
import type { Watcher } from './watched-keys';

class Fixture extends KeyspaceFixture {
  watcher(...keys: (string | [name: string, index: number])[]): Watcher {
    const watcher = { watchDirty: false };
    for (const key of keys) {
      const [name, index] = typeof key === 'string' ? [key, 0] : key;
      const bytes = Buffer.from(`<${name}>`);
      this.keyspace.changes.watched.watch(watcher, this.database(index), bytes, 1, bytes.length - 1);
    }
    return watcher;
  }

  change(name: string, index = 0): void {
    const key = Buffer.from(name);
    this.set(name, 'changed', index);
    this.database(index).changed(KeyEvents.string.set, key, 0, key.length);
  }

  hasExpired(watcher: Watcher): boolean {
    return this.keyspace.changes.watched.hasExpired(watcher);
  }
}

describe('WatchedKeys', () => {
  it('marks every watcher of a key that changed, and no other', () => {
    const fixture = new Fixture();
    const [first, second, other] = [fixture.watcher('a', 'b'), fixture.watcher('b'), fixture.watcher('a')];
    fixture.change('b');
    expect([first, second, other].map(({ watchDirty }) => watchDirty)).toEqual([true, true, false]);
  });

  it('tells the same name in two databases apart', () => {
    const fixture = new Fixture();
    const [here, there] = [fixture.watcher('k'), fixture.watcher(['k', 1])];
    fixture.change('k', 1);
    expect([here.watchDirty, there.watchDirty]).toEqual([false, true]);
  });

  it('forgets what a watcher watched, however often it watched it', () => {
    const fixture = new Fixture();
    const { watched } = fixture.keyspace.changes;
    const [watcher, other] = [fixture.watcher('a', 'a', 'b'), fixture.watcher('a')];
    expect(watched.count).toBe(2);
    watched.unwatch(watcher);
    watched.unwatch(watcher);
    expect(watched.count).toBe(1);
    fixture.change('a');
    expect([watcher.watchDirty, other.watchDirty]).toEqual([false, true]);
    watched.unwatch(other);
    expect(watched.count).toBe(0);
  });

  it('reports a key whose deadline passed since it was watched, although it was not deleted yet', () => {
    const fixture = new Fixture();
    fixture.set('k');
    fixture.expireIn('k', 100);
    const watcher = fixture.watcher('k');
    fixture.advance(99);
    expect(fixture.hasExpired(watcher)).toBe(false);
    fixture.advance(1);
    expect(fixture.hasExpired(watcher)).toBe(true);
    expect(watcher.watchDirty).toBe(false);
  });

  it('takes the removal of an expired key for a change if it was alive when it was watched', () => {
    const fixture = new Fixture();
    fixture.set('k');
    fixture.expireIn('k', 100);
    const watcher = fixture.watcher('k');
    fixture.advance(100);
    expect(fixture.find('k')).toBe(0);
    expect(watcher.watchDirty).toBe(true);
  });

  it('takes the removal of a key for no change if it had expired when it was watched, but its return for one', () => {
    const fixture = new Fixture();
    fixture.set('k');
    fixture.expireIn('k', 100);
    fixture.advance(100);
    const watcher = fixture.watcher('k');
    expect(fixture.hasExpired(watcher)).toBe(false);
    expect(fixture.find('k')).toBe(0);
    expect(watcher.watchDirty).toBe(false);
    fixture.change('k');
    expect(watcher.watchDirty).toBe(true);
  });

  it('sees a key expire that came back after it had expired', () => {
    const fixture = new Fixture();
    fixture.set('k');
    fixture.expireIn('k', 100);
    fixture.advance(100);
    const watcher = fixture.watcher('k');
    fixture.find('k');
    fixture.set('k');
    fixture.expireIn('k', 100);
    fixture.advance(100);
    expect(fixture.hasExpired(watcher)).toBe(true);
  });

  it('marks the watchers of keys that a flush removes, and of no others', () => {
    const fixture = new Fixture();
    fixture.set('k');
    fixture.set('k', 'v', 1);
    const [holding, absent, elsewhere] = [fixture.watcher('k'), fixture.watcher('none'), fixture.watcher(['k', 1])];
    fixture.keyspace.flush(fixture.database(0), false);
    expect([holding, absent, elsewhere].map(({ watchDirty }) => watchDirty)).toEqual([true, false, false]);
  });

  it('takes the flush of a key that had expired when it was watched for no change', () => {
    const fixture = new Fixture();
    fixture.set('k');
    fixture.expireIn('k', 100);
    fixture.advance(100);
    const watcher = fixture.watcher('k');
    fixture.keyspace.flush(fixture.database(0), true);
    expect(watcher.watchDirty).toBe(false);
  });

  describe('when two databases are exchanged', () => {
    /** What a database holds under the watched key. */
    type Holding = 'nothing' | 'a key' | 'an expired key';

    function isMarked(held: Holding, incoming: Holding): boolean {
      const fixture = new Fixture();
      for (const [index, holding] of [held, incoming].entries()) {
        if (holding !== 'nothing') fixture.set('k', 'v', index);
        if (holding === 'an expired key') fixture.expireIn('k', 100, index);
      }
      fixture.advance(100);
      const watcher = fixture.watcher('k');
      fixture.keyspace.swap(fixture.database(0), fixture.database(1));
      expect(fixture.hasExpired(watcher)).toBe(false);
      return watcher.watchDirty;
    }

    it.each<[Holding, Holding, boolean]>([
      ['nothing', 'nothing', false],
      ['nothing', 'a key', true],
      ['nothing', 'an expired key', false],
      ['a key', 'nothing', true],
      ['a key', 'a key', true],
      ['an expired key', 'nothing', false],
      ['an expired key', 'a key', true],
      ['an expired key', 'an expired key', false],
    ])('%s replaced by %s: changed is %s', (held, incoming, expected) => {
      expect(isMarked(held, incoming)).toBe(expected);
    });
  });
});
