import { Request } from '@nanoredis/resp-codec';
import { describe, expect, it } from 'vitest';
import { KeyspaceFixture } from '../../test/harness/keyspace-fixture';
import { ValueType } from '../values/entry';
import { WaitsFor } from './blocked-keys';
import { KeyEvents } from './key-event';
import { type PropagatedUnit, Target } from './propagated-unit';
import type { PropagationSink } from './propagation';

/** A keyspace with a sink, which writes down units as `database: command` lines. */
class Fixture extends KeyspaceFixture {
  readonly units: string[][] = [];

  get changes() {
    return this.keyspace.changes;
  }

  propagate(targets: number = Target.all): this {
    const sink: PropagationSink = {
      targets,
      write: (unit: PropagatedUnit) => {
        const lines: string[] = [];
        for (let i = 0; i < unit.count; i++) {
          const text = unit.bytes.toString('latin1', unit.start(i), unit.end(i));
          const words = text.split('\r\n').filter((_, index) => index > 0 && index % 2 === 0);
          expect(text.startsWith(`*${words.length}\r\n`)).toBe(true);
          lines.push(`${unit.databaseOf(i)}: ${words.join(' ')}${unit.targetsOf(i) === Target.all ? '' : ' (some)'}`);
        }
        this.units.push(lines);
      },
    };
    this.changes.propagation.addSink(sink);
    return this;
  }

  /** A call of a command that does `body`. */
  call(text: string, body: () => void, index = 0): void {
    body();
    if (this.changes.pending !== 0) this.changes.endCall(request(text), index);
  }

  endUnit(isTransaction = true): string[][] {
    if (this.changes.pending !== 0) this.changes.endUnit(isTransaction);
    return this.units.splice(0);
  }

  changed(name: string, count = 1, index = 0): void {
    const key = Buffer.from(name);
    this.database(index).changed(KeyEvents.string.set, key, 0, key.length, count);
  }
}

function request(text: string): Request {
  const request = new Request();
  request.bytes = Buffer.from(text);
  request.count = 0;
  let at = 0;
  for (const word of text.split(' ')) {
    request.appendSpan(at, at + word.length);
    at += word.length + 1;
  }
  return request;
}

describe('Changes', () => {
  it('counts changes as told, and is interested in nothing else by itself', () => {
    const fixture = new Fixture();
    fixture.changed('a');
    fixture.changed('a', 5);
    fixture.changed('a', 0);
    expect([fixture.changes.dirty, fixture.changes.interests, fixture.changes.pending]).toEqual([6, 0, 0]);
  });

  it('counts the keys of a flush, and one for a swap', () => {
    const fixture = new Fixture();
    for (const name of ['a', 'b', 'c']) fixture.set(name);
    fixture.keyspace.flush(fixture.database(0), false);
    fixture.keyspace.swap(fixture.database(0), fixture.database(1));
    fixture.keyspace.swap(fixture.database(0), fixture.database(0));
    expect(fixture.changes.dirty).toBe(5);
  });

  it('marks no watcher when a database is swapped with itself', () => {
    const fixture = new Fixture();
    fixture.set('k');
    const watcher = { watchDirty: false };
    fixture.changes.watched.watch(watcher, fixture.database(0), Buffer.from('k'), 0, 1);
    fixture.keyspace.swap(fixture.database(0), fixture.database(0));
    expect(watcher.watchDirty).toBe(false);
    fixture.keyspace.swap(fixture.database(0), fixture.database(1));
    expect(watcher.watchDirty).toBe(true);
  });
});

describe('propagation', () => {
  it('sends a command that has changed something as it came, and no other', () => {
    const fixture = new Fixture().propagate();
    fixture.call('SET a 1', () => fixture.changed('a'), 2);
    expect(fixture.endUnit()).toEqual([['2: SET a 1']]);
    fixture.call('GET a', () => {});
    fixture.call('LTRIM a 0 -1', () => fixture.changed('a', 0));
    expect(fixture.endUnit()).toEqual([]);
  });

  it('encodes nothing while there is no sink', () => {
    const fixture = new Fixture();
    fixture.call('SET a 1', () => fixture.changed('a'));
    fixture.changes.propagation.force(Target.all);
    fixture.changes.propagation.suppress();
    expect(fixture.changes.pending).toBe(0);
    fixture.propagate();
    expect(fixture.endUnit()).toEqual([]);
  });

  it('sends what a command declares in its place, in order', () => {
    const fixture = new Fixture().propagate();
    fixture.call('SPOP s 2', () => {
      fixture.changed('s', 2);
      for (const member of ['x', 'y']) {
        const writer = fixture.changes.propagation.replaceWith(3, 1);
        for (const word of ['SREM', 's', member]) writer.bulkString(word);
      }
    });
    expect(fixture.endUnit()).toEqual([['1: MULTI', '1: SREM s x', '1: SREM s y', '1: EXEC']]);
    fixture.call('XREADGROUP', () => {
      fixture.changed('s');
      fixture.changes.propagation.suppress();
    });
    expect(fixture.endUnit()).toEqual([]);
    fixture.call('SET a 1', () => fixture.changed('a'));
    expect(fixture.endUnit()).toEqual([['0: SET a 1']]);
  });

  it('sends the calls of a unit as one transaction, each in its database', () => {
    const fixture = new Fixture().propagate();
    fixture.call('SET a 1', () => fixture.changed('a'), 3);
    fixture.call('GET a', () => {}, 1);
    fixture.call('SET b 2', () => fixture.changed('b'), 1);
    fixture.call('EXEC', () => {}, 1);
    expect(fixture.endUnit()).toEqual([['3: MULTI', '3: SET a 1', '1: SET b 2', '1: EXEC']]);
  });

  it('keeps what a call has pending apart from the calls within it', () => {
    const fixture = new Fixture().propagate();
    fixture.call('OUTER', () => {
      fixture.changed('a');
      const marks = fixture.changes.suspendCall();
      fixture.call('GET x', () => {});
      fixture.call('SET b 2', () => fixture.changed('b'));
      fixture.changes.resumeCall(marks);
    });
    expect(fixture.endUnit()).toEqual([['0: MULTI', '0: SET b 2', '0: OUTER', '0: EXEC']]);
  });

  it('sends what is forced even without a change, to those who want it', () => {
    const all = new Fixture().propagate();
    all.call('FLUSHALL', () => all.changes.propagation.force(Target.all));
    all.call('PUBLISH c m', () => all.changes.propagation.force(Target.replicas));
    expect(all.endUnit()).toEqual([['0: MULTI', '0: FLUSHALL', '0: PUBLISH c m (some)', '0: EXEC']]);
    const file = new Fixture().propagate(Target.file);
    file.call('PUBLISH c m', () => file.changes.propagation.force(Target.replicas));
    expect(file.endUnit()).toEqual([]);
  });

  it('sends deletions in front of the command that has met the keys', () => {
    const fixture = new Fixture().propagate();
    fixture.set('k');
    fixture.expireIn('k', 10);
    fixture.advance(10);
    fixture.call('INCR k', () => {
      expect(fixture.find('k')).toBe(0);
      fixture.changed('k');
    });
    expect(fixture.endUnit()).toEqual([['0: MULTI', '0: DEL k', '0: INCR k', '0: EXEC']]);
  });

  it('sends the deletion of a ready key that has expired before a client was served from it', () => {
    const fixture = new Fixture().propagate();
    const { blocked } = fixture.changes;
    const waiter = {
      type: ValueType.string,
      waitsFor: WaitsFor.creation,
      blockedKeys: [],
      serve: () => expect.unreachable(),
    };
    blocked.add(waiter, fixture.database(0), Buffer.from('k'), 0, 1);
    fixture.call('SET k v PXAT 1', () => {
      fixture.set('k');
      fixture.expireIn('k', -1);
      fixture.changed('k');
    });
    expect(fixture.endUnit()).toEqual([['0: SET k v PXAT 1'], ['0: DEL k']]);
    expect(fixture.changes.pending).toBe(0);
  });

  it('sends the deletions of the background work by themselves, as UNLINK where they are lazy', () => {
    const fixture = new Fixture().propagate();
    fixture.keyspace.lazyFree.expire = true;
    for (const name of ['a', 'b']) {
      fixture.set(name, 'v', 1);
      fixture.expireIn(name, 10, 1);
    }
    fixture.advance(10);
    fixture.keyspace.expireDue(() => false);
    expect(fixture.units.map((unit) => unit.sort())).toEqual([['1: UNLINK a', '1: UNLINK b']]);
    fixture.units.length = 0;
    fixture.set('c');
    fixture.keyspace.eviction.follow('allkeys-random', 5);
    fixture.keyspace.eviction.limitBytes = fixture.keyspace.arena.used - 1;
    fixture.keyspace.eviction.freeMemory(() => false);
    expect(fixture.endUnit(false)).toEqual([['0: DEL c']]);
  });

  it('holds large units, and makes do with little memory afterwards', () => {
    const fixture = new Fixture().propagate();
    for (let i = 0; i < 100; i++) fixture.call(`SET key${i} ${'x'.repeat(5000)}`, () => fixture.changed('a'), i % 3);
    const [unit] = fixture.endUnit();
    expect(unit).toHaveLength(102);
    expect(unit![50]).toBe(`1: SET key49 ${'x'.repeat(5000)}`);
    fixture.call('SET a 1', () => fixture.changed('a'));
    expect(fixture.endUnit()).toEqual([['0: SET a 1']]);
  });

  it('ends with its last sink', () => {
    const fixture = new Fixture();
    const sink: PropagationSink = { targets: Target.file, write: () => fixture.units.push([]) };
    const { propagation } = fixture.changes;
    propagation.addSink(sink);
    expect(propagation.isOn).toBe(true);
    propagation.removeSink(sink);
    propagation.removeSink(sink);
    expect(propagation.isOn).toBe(false);
    fixture.call('SET a 1', () => fixture.changed('a'));
    expect(fixture.endUnit()).toEqual([]);
  });
});
