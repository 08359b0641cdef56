import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import { Entry, seededRandom, tableOf } from './hash-table.fixture';

describe('HashTable, reading all records', () => {
  it('visits every record that stays during a whole scan, while the table grows and shrinks', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 150 }), fc.boolean(), (seed, staying, removesVisited) => {
        const { table, keyOf, insert, remove } = tableOf();
        const root = table.create();
        const random = seededRandom(seed);
        const expected = new Set<string>();
        const passing = new Map<string, Address>();
        for (let i = 0; i < staying; i++) {
          insert(root, `stays:${i}`);
          expected.add(`stays:${i}`);
        }
        let cursor = 0;
        let name = 0;
        let target = 0;
        const seen = new Set<string>();
        do {
          if (random() % 8 === 0) target = random() % 600;
          for (let moves = 0; moves < 40 && passing.size !== target; moves++) {
            if (passing.size < target) {
              const key = `passes:${name++}`;
              passing.set(key, insert(root, key));
            } else {
              const [key, address] = passing.entries().next().value!;
              passing.delete(key);
              remove(root, address);
            }
          }
          cursor = table.scan(root, cursor, (record) => {
            const key = keyOf(record);
            seen.add(key);
            if (removesVisited && passing.delete(key)) remove(root, record);
          });
        } while (cursor !== 0);
        for (const key of expected) expect(seen.has(key)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('visits each record once if the table does not change, with cursors that are small numbers', () => {
    const { table, keyOf, insert } = tableOf();
    for (const size of [0, 1, 2, 3, 7, 8, 9, 1000]) {
      const root = table.create();
      for (let i = 0; i < size; i++) insert(root, `${i}`);
      const seen: string[] = [];
      let cursor = 0;
      let steps = 0;
      do {
        cursor = table.scan(root, cursor, (record) => seen.push(keyOf(record)));
        expect(cursor).toBeLessThan(Math.max(1, size * 2));
        steps++;
      } while (cursor !== 0);
      expect(seen).toHaveLength(size);
      expect(new Set(seen).size).toBe(size);
      expect(steps).toBe(Math.max(1, size));
    }
  });

  it('accepts any cursor', () => {
    const { table, insert } = tableOf();
    const root = table.create();
    for (let i = 0; i < 100; i++) insert(root, `${i}`);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (cursor) => {
        let at = cursor;
        let steps = 0;
        do {
          at = table.scan(root, at, () => {});
        } while (at !== 0 && ++steps < 200);
        expect(at).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('can be read bucket by bucket, along its chains', () => {
    const { arena, table, keyOf, insert } = tableOf();
    const root = table.create();
    expect(table.bucketCount(root)).toBe(0);
    const keys = Array.from({ length: 20_000 }, (_, i) => `${i}`);
    for (const key of keys) insert(root, key);
    const found: string[] = [];
    for (let bucket = 0; bucket < table.bucketCount(root); bucket++) {
      let record = table.firstOf(root, bucket);
      while (record !== 0) {
        found.push(keyOf(record));
        record = arena.words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + Entry.chain / 4]!;
      }
    }
    expect(found.sort()).toEqual(keys.sort());
  });

  it('returns the records of neighbouring buckets, each once, as many as fit', () => {
    const { table, keyOf, insert } = tableOf();
    const root = table.create();
    const into = new Uint32Array(256);
    expect(table.recordsOf(root, 0, 0, into)).toBe(0);
    const keys = Array.from({ length: 20_000 }, (_, i) => `${i}`);
    for (const key of keys) insert(root, key);
    const buckets = table.bucketCount(root);
    const found: string[] = [];
    for (let first = 0; first < buckets; first += 97) {
      const count = table.recordsOf(root, first, Math.min(97, buckets - first), into);
      for (let i = 0; i < count; i++) found.push(keyOf(into[i]!));
    }
    expect(found.sort()).toEqual(keys.sort());
    const few = new Uint32Array(7);
    expect(table.recordsOf(root, 0, 97, few)).toBe(7);
    expect(new Set(Array.from(few, keyOf)).size).toBe(7);
  });

  it('picks random records uniformly', () => {
    const { table, keyOf, insert } = tableOf();
    const root = table.create();
    expect(table.random(root, seededRandom(1))).toBe(0);
    for (let i = 0; i < 40; i++) insert(root, `${i}`);
    const random = seededRandom(7);
    const counts = new Map<string, number>();
    for (let i = 0; i < 40_000; i++) {
      const key = keyOf(table.random(root, random));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(40);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(250);
  });

  it('puts the newest record first, also after a split', () => {
    const { table, keyOf, insert } = tableOf();
    const root = table.create();
    const order = new Map<string, number>();
    for (let i = 0; i < 3000; i++) order.set(keyOf(insert(root, `${i}`)), i);
    let cursor = 0;
    do {
      const chain: number[] = [];
      cursor = table.scan(root, cursor, (record) => chain.push(order.get(keyOf(record))!));
      expect(chain).toEqual([...chain].sort((a, b) => b - a));
    } while (cursor !== 0);
  });

  it.each([1, 5, 1000, 33_000])('is drained in slices of any budget, record by record (%i records)', (size) => {
    const { arena, table, record } = tableOf();
    const before = arena.used;
    const root = table.create();
    const records = new Set<Address>();
    for (let i = 0; i < size; i++) {
      const address = record(`${i}`);
      records.add(address);
      table.insert(root, address, Math.imul(i, 0x9e3779b1) >>> 1);
    }
    const budget = Math.max(2, size >>> 4);
    let visited = 0;
    const free = (address: Address) => {
      expect(records.delete(address)).toBe(true);
      arena.free(address);
      visited++;
    };
    for (let isEmpty = false; !isEmpty; ) {
      visited = 0;
      isEmpty = table.drain(root, budget, free);
      expect(visited).toBeLessThan(budget + 20);
      expect(table.size(root)).toBe(records.size);
    }
    expect(records.size).toBe(0);
    expect(table.drain(root, 1, free)).toBe(true);
    table.destroy(root);
    expect(arena.used).toBe(before);
  });
});
