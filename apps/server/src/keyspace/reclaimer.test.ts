import { Arena } from '@nanoredis/intrusive-ds';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { START_MS } from '../../test/harness/keyspace-fixture';
import { SeededRandom } from '../runtime/random';
import { Encoding, ValueType } from '../values/entry';
import { Keyspace } from './keyspace';

const AT_ONCE = () => true;

let keyspace: Keyspace;
let emptyBytes: number;

beforeEach(() => {
  const random = new SeededRandom(3);
  keyspace = new Keyspace(2, START_MS, random, new Arena({ debug: true }));
  emptyBytes = keyspace.arena.used;
});

function setString(index: number, name: string): void {
  const database = keyspace.databases[index]!;
  const key = Buffer.from(name);
  const entry = database.strings.set(key, 0, key.length, key, 0, key.length);
  if (name.endsWith('7')) database.setDeadline(entry, START_MS + 1000);
}

function makeSet(index: number, name: string, size: number): void {
  const database = keyspace.databases[index]!;
  const { table } = keyspace.values.sets;
  const root = table.create();
  for (let i = 0; i < size; i++) {
    const member = Buffer.from(`member:${i}`);
    table.add(root, member, 0, member.length, table.hash(member, 0, member.length));
  }
  const key = Buffer.from(name);
  database.create(key, 0, key.length, ValueType.set, Encoding.hashtable, root);
}

describe('lazy freeing', () => {
  it('frees every key and every element once, in slices of any length, and tells what is left', () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 5 }),
        fc.infiniteStream(fc.boolean()),
        (strings, sets, isOver) => {
          const { reclaimer, arena } = keyspace;
          for (let i = 0; i < strings; i++) setString(i % 2, `key:${i}`);
          for (const [i, size] of sets.entries()) makeSet(1, `set:${i}`, size);
          const keys = strings + sets.length;
          const freedBefore = reclaimer.freed;
          for (const database of keyspace.databases) keyspace.flush(database, true);
          expect(keyspace.size).toBe(0);
          expect(reclaimer.pending).toBe(keys);
          let isDone = false;
          while (!isDone) {
            isDone = reclaimer.run(() => isOver.next().value);
            expect(reclaimer.freed - freedBefore + reclaimer.pending).toBe(keys);
          }
          expect(reclaimer.pending).toBe(0);
          expect(arena.used).toBe(emptyBytes);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('frees some records in a slice that is over at once, and not many', () => {
    for (let i = 0; i < 1000; i++) setString(0, `key:${i}`);
    keyspace.flush(keyspace.databases[0]!, true);
    let slices = 1;
    for (let before = keyspace.reclaimer.pending; !keyspace.reclaimer.run(AT_ONCE); slices++) {
      const { pending } = keyspace.reclaimer;
      expect(before - pending).toBeLessThan(80);
      before = pending;
    }
    expect(slices).toBeLessThan(60);
  });

  it('is not done for a database that is flushed at once, whatever waits', () => {
    const { reclaimer } = keyspace;
    for (let i = 0; i < 500; i++) setString(i % 2, `key:${i}`);
    makeSet(1, 'set', 300);
    keyspace.flush(keyspace.databases[0]!, true);
    keyspace.flush(keyspace.databases[1]!, false);
    expect(reclaimer.pending).toBe(250);
    expect(reclaimer.freed).toBe(0);
    reclaimer.run(() => false);
    expect(reclaimer.freed).toBe(250);
    expect(keyspace.arena.used).toBe(emptyBytes);
  });
});
