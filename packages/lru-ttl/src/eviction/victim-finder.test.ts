import { type Address, Arena, HashTable, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VictimFinder } from './victim-finder';

const Item = { chain: 0, hash: 4, keyLength: 8, score: 12, key: 16, bytes: 20 } as const;

/** Tables of items whose keys are numbers and whose scores stand in the items. */
function tables(count = 1, samples = 5) {
  const arena = new Arena({ debug: true });
  const table = new HashTable(arena, Item, { k0: 3, k1: 4 });
  const owners = Array.from({ length: count }, () => ({ root: table.create() }));
  const finder = new VictimFinder(arena, table, Item, owners);
  const wordOf = (item: Address, offset: number) => ((item & SEGMENT_MASK) << 1) + (offset >>> 2);
  const words = (item: Address) => arena.words[item >>> SEGMENT_SHIFT]!;
  const scoreOf = (item: Address) => words(item)[wordOf(item, Item.score)]! | 0;
  const setScore = (item: Address, score: number) => {
    words(item)[wordOf(item, Item.score)] = score;
  };
  finder.samples = samples;
  finder.score = scoreOf;
  const add = (key: number, score: number, owner = 0): Address => {
    const item = arena.allocate(Item.bytes);
    words(item)[wordOf(item, Item.keyLength)] = 4;
    words(item)[wordOf(item, Item.key)] = key;
    setScore(item, score);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(key);
    table.insert(owners[owner]!.root, item, table.hash(bytes, 0, 4));
    return item;
  };
  const remove = (item: Address, owner = 0): void => {
    table.remove(owners[owner]!.root, item);
    arena.free(item);
  };
  /** The next victim's score, once it is taken out; -1 if there is none. */
  const take = (): number => {
    const victim = finder.next();
    if (victim === 0) return -1;
    const score = scoreOf(victim);
    remove(victim, finder.tableIndex);
    return score;
  };
  return { arena, table, owners, finder, add, remove, take, scoreOf, setScore };
}

describe('VictimFinder', () => {
  it('finds nothing in empty tables', () => {
    expect(tables(3).finder.next()).toBe(0);
  });

  it('evicts a few items in exactly the order of their scores', () => {
    const { add, take } = tables();
    for (let i = 0; i < 80; i++) add(i, ((i * 37) % 80) + 1);
    expect(Array.from({ length: 80 }, take)).toEqual(Array.from({ length: 80 }, (_, i) => 80 - i));
    expect(take()).toBe(-1);
  });

  it('evicts nearly the worst of many: the first victims are worse than most others', () => {
    const { add, take } = tables();
    const count = 20_000;
    for (let i = 0; i < count; i++) add(i, ((i * 7919) % count) + 1);
    const taken = Array.from({ length: count / 10 }, take);
    const worse = taken.filter((score) => score > count * 0.7).length;
    expect(worse / taken.length).toBeGreaterThan(0.99);
  });

  it('never evicts an item that must stay, and returns nothing if there is no other', () => {
    const { add, take } = tables();
    for (let i = 0; i < 3000; i++) add(i, i % 100 === 0 ? i + 1 : -1);
    const taken = Array.from({ length: 30 }, take);
    expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i * 100 + 1));
    expect(take()).toBe(-1);
  });

  it('compares scores across tables', () => {
    const { add, take, finder } = tables(3);
    for (let i = 0; i < 3000; i++) add(i, (i % 3) * 100_000 + i + 1, i % 3);
    for (let i = 0; i < 300; i++) {
      take();
      expect(finder.tableIndex).toBe(2);
    }
  });

  it('does not evict an item that was used after it was found', () => {
    const { add, finder, setScore, scoreOf, table, owners } = tables();
    for (let i = 0; i < 2000; i++) add(i, 1000);
    finder.next();
    table.forEach(owners[0]!.root, (item) => setScore(item, 1));
    const spared = add(5000, 2000);
    let victim = finder.next();
    for (let looks = 0; victim !== spared && looks < 200; looks++) {
      expect(scoreOf(victim)).toBe(1);
      setScore(victim, 1);
      victim = finder.next();
    }
    expect(victim).toBe(spared);
  });

  it('returns only existing items, while items are added, removed, used and moved and tables emptied', () => {
    const action = fc.record({
      does: fc.constantFrom('add', 'add', 'add', 'remove', 'use', 'take', 'take', 'empty'),
      pick: fc.nat(),
      owner: fc.nat(1),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 400 }), fc.integer({ min: 1, max: 12 }), (actions, samples) => {
        const { add, remove, finder, owners, table, arena, setScore } = tables(2, samples);
        const there: Map<number, Address>[] = [new Map(), new Map()];
        let key = 0;
        for (const { does, pick, owner } of actions) {
          const items = there[owner]!;
          const [picked] = [...items.keys()].slice(items.size === 0 ? 0 : pick % items.size);
          if (does === 'add') {
            items.set(key, add(key, (pick % 50) + 1, owner));
            key++;
          } else if (does === 'take') {
            const victim = finder.next();
            const owned = there[finder.tableIndex]!;
            const found = [...owned].find(([, item]) => item === victim);
            expect(victim !== 0).toBe(there[0]!.size + there[1]!.size > 0);
            if (found === undefined) {
              expect(victim).toBe(0);
              continue;
            }
            remove(victim, finder.tableIndex);
            owned.delete(found[0]);
          } else if (does === 'empty') {
            for (const item of items.values()) remove(item, owner);
            items.clear();
            table.destroy(owners[owner]!.root);
            (owners[owner] as { root: Address }).root = table.create();
          } else if (picked !== undefined) {
            if (does === 'use') setScore(items.get(picked)!, 1);
            else {
              remove(items.get(picked)!, owner);
              items.delete(picked);
            }
          }
        }
        expect(arena.used).toBeGreaterThan(0);
      }),
    );
  });
});
