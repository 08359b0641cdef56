import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import { Arena } from '../arena/arena';
import { MOST_FORESEEN } from './foresight';
import { HashTable } from './hash-table';
import type { HashTableLayout } from './hash-table-layout';

/** Two layouts, so that nothing depends on where the key stands. */
const Entry = { chain: 0, hash: 4, keyLength: 8, key: 12 } as const;
const WideEntry = { ...Entry, key: 24 } as const;
const FLAGS = 0xa0000000;

function tableOf(layout: HashTableLayout = Entry) {
  const arena = new Arena({ debug: true });
  const table = new HashTable(arena, layout, { k0: 1, k1: 2 });
  const at = (record: Address) => (record & SEGMENT_MASK) * 8;
  const record = (key: string): Address => {
    const bytes = Buffer.from(key);
    const address = arena.allocate(layout.key + bytes.length);
    arena.words[address >>> SEGMENT_SHIFT]![at(address) / 4 + 2] = bytes.length | FLAGS;
    arena.bytes[address >>> SEGMENT_SHIFT]!.set(bytes, at(address) + layout.key);
    return address;
  };
  const keyOf = (address: Address): string => {
    const length = arena.words[address >>> SEGMENT_SHIFT]![at(address) / 4 + 2]! & 0x1fffffff;
    const start = at(address) + layout.key;
    return arena.bytes[address >>> SEGMENT_SHIFT]!.toString('utf8', start, start + length);
  };
  const find = (root: Address, key: string): Address => {
    const bytes = Buffer.from(`<${key}>`);
    return table.find(root, bytes, 1, bytes.length - 1, table.hash(bytes, 1, bytes.length - 1));
  };
  const insert = (root: Address, key: string): Address => {
    const address = record(key);
    const bytes = Buffer.from(key);
    table.insert(root, address, table.hash(bytes, 0, bytes.length));
    return address;
  };
  const remove = (root: Address, address: Address): void => {
    table.remove(root, address);
    arena.free(address);
  };
  return { arena, table, record, keyOf, find, insert, remove };
}

function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

describe('HashTable', () => {
  it('tells by an address alone whether its record is still there, however many came and went', () => {
    const { table, insert, remove } = tableOf();
    const root = table.create();
    const hashOf = (key: string) => table.hash(Buffer.from(key), 0, key.length);
    expect(table.holds(root, 1234, 5)).toBe(false);
    const records = Array.from({ length: 500 }, (_, i) => insert(root, `key:${i}`));
    for (let i = 0; i < 500; i += 2) remove(root, records[i]!);
    for (let i = 500; i < 600; i++) insert(root, `key:${i}`);
    for (let i = 1; i < 500; i += 2) expect(table.holds(root, records[i]!, hashOf(`key:${i}`))).toBe(true);
    const other = table.create();
    expect(table.holds(other, records[1]!, hashOf('key:1'))).toBe(false);
    remove(root, records[1]!);
    expect(table.holds(root, records[1]!, hashOf('key:1'))).toBe(false);
  });

  it('answers as a Map does, whatever is inserted, removed and replaced', () => {
    const key = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.string({ minLength: 60, maxLength: 70 }),
      fc.nat(500).map(String),
    );
    const step = fc.record({ key, action: fc.constantFrom('insert', 'insert', 'remove', 'replace') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), fc.constantFrom(Entry, WideEntry), (steps, layout) => {
        const { arena, table, record, keyOf, find, insert, remove } = tableOf(layout);
        const root = table.create();
        const model = new Map<string, Address>();
        for (const { key, action } of steps) {
          const known = model.get(key);
          expect(find(root, key)).toBe(known ?? 0);
          if (known === undefined) {
            model.set(key, insert(root, key));
          } else if (action === 'remove') {
            remove(root, known);
            model.delete(key);
          } else if (action === 'replace') {
            const fresh = record(key);
            table.replace(root, known, fresh);
            arena.free(known);
            model.set(key, fresh);
          }
          expect(table.size(root)).toBe(model.size);
        }
        const seen: string[] = [];
        table.forEach(root, (address) => seen.push(keyOf(address)));
        expect(seen.sort()).toEqual([...model.keys()].sort());
        for (const address of model.values()) remove(root, address);
        table.destroy(root);
        expect(arena.used).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('finds the same with foresight as without, whatever changes in between', () => {
    const key = fc.oneof(fc.nat(40).map(String), fc.string({ maxLength: 20 }));
    const step = fc.record({ key, action: fc.constantFrom('insert', 'insert', 'remove', 'replace', 'none') });
    fc.assert(
      fc.property(
        fc.array(fc.array(step, { minLength: 1, maxLength: MOST_FORESEEN }), { maxLength: 20 }),
        (batches) => {
          const { arena, table, record, find, insert, remove } = tableOf();
          const root = table.create();
          const model = new Map<string, Address>();
          for (const steps of batches) {
            const spans = new Int32Array(2 * MOST_FORESEEN);
            let text = '';
            const parts = steps.map(({ key }, i) => {
              spans[2 * i] = Buffer.byteLength(text);
              text += key;
              spans[2 * i + 1] = Buffer.byteLength(text);
              text += '\r\n*2\r\n$3\r\nGET\r\n$';
              return [spans[2 * i]!, spans[2 * i + 1]!] as const;
            });
            const bytes = Buffer.from(text);
            table.foresee(root, bytes, spans, steps.length);
            steps.forEach(({ key, action }, i) => {
              const [start, end] = parts[i]!;
              const known = model.get(key);
              expect(table.lookUp(root, bytes, start, end)).toBe(known ?? 0);
              expect(find(root, key)).toBe(known ?? 0);
              if (action === 'insert' && known === undefined) model.set(key, insert(root, key));
              if (action === 'remove' && known !== undefined) {
                remove(root, known);
                model.delete(key);
              }
              if (action === 'replace' && known !== undefined) {
                const fresh = record(key);
                table.replace(root, known, fresh);
                arena.free(known);
                model.set(key, fresh);
              }
              expect(table.lookUp(root, bytes, start, end)).toBe(model.get(key) ?? 0);
            });
            table.forget();
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('grows beyond a chunk and shrinks again bucket by bucket, keeps about one record a bucket, and gives its memory back', () => {
    const { arena, table, find, insert, remove } = tableOf();
    const root = table.create();
    const empty = arena.used;
    const records: Address[] = [];
    for (let i = 0; i < 50_000; i++) records.push(insert(root, `key:${i}`));
    for (let i = 0; i < 50_000; i += 7) expect(find(root, `key:${i}`)).toBe(records[i]);
    const { buckets, chainLengths, size } = table.statistics(root);
    expect(size).toBe(50_000);
    expect(buckets).toBe(50_000);
    expect(chainLengths.reduce((sum, count, length) => sum + count * length, 0)).toBe(50_000);
    expect(chainLengths.length).toBeLessThan(14);
    for (let i = 0; i < 50_000; i++) {
      remove(root, records[i]!);
      if (i % 1000 === 0) expect(find(root, `key:${i + 1}`)).toBe(records[i + 1]);
    }
    expect(table.statistics(root).buckets).toBe(1);
    expect(arena.used - empty).toBeLessThanOrEqual(16);
  });

  it('accounts for the memory of a table exactly', () => {
    const { arena, table, insert } = tableOf();
    const root = table.create();
    let records = 0;
    for (let i = 0; i < 40_000; i++) {
      records += arena.usableBytes(insert(root, `${i}`));
      if (i % 4999 === 0) expect(table.bytes(root)).toBe(arena.used - records);
      if (i % 9998 === 0) expect(table.statistics(root).bytes).toBe(table.bytes(root));
    }
  });

  it('keeps tables with one layout apart', () => {
    const { table, find, insert } = tableOf();
    const roots = Array.from({ length: 50 }, () => table.create());
    roots.forEach((root, index) => {
      for (let i = 0; i <= index; i++) insert(root, `k${i}`);
    });
    roots.forEach((root, index) => {
      expect(table.size(root)).toBe(index + 1);
      expect(find(root, `k${index}`)).not.toBe(0);
      expect(find(root, `k${index + 1}`)).toBe(0);
    });
  });

  it('visits every record that stays during a whole scan, while the table grows and shrinks wildly', () => {
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

  it('scans a table that does not change exactly once, with cursors that are small numbers', () => {
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

  it('survives any cursor', () => {
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

  it('is walked through bucket by bucket, by its chains', () => {
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

  it('tells the records of neighbouring buckets, each once, as many as there is room for', () => {
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

  it('picks random records fairly', () => {
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

  it.each([Entry, WideEntry])(
    'tells keys apart that differ in one byte and have the same hash (key at $key)',
    (layout) => {
      const { arena, table, record } = tableOf(layout);
      for (const length of [1, 3, 4, 5, 8, 16, 17, 64, 65, 200]) {
        const root = table.create();
        const key = Buffer.alloc(length, 0xfe);
        const inserted = record('x'.repeat(length));
        const at = (inserted & SEGMENT_MASK) * 8 + layout.key;
        arena.bytes[inserted >>> SEGMENT_SHIFT]!.set(key, at);
        table.insert(root, inserted, 77);
        expect(table.find(root, key, 0, length, 77)).toBe(inserted);
        for (let byte = 0; byte < length; byte++) {
          key[byte] = 0x7e;
          expect(table.find(root, key, 0, length, 77)).toBe(0);
          key[byte] = 0xfe;
        }
      }
    },
  );

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

  it('refuses to remove a record of another table', () => {
    const { table, insert } = tableOf();
    const here = table.create();
    const there = table.create();
    insert(here, 'a');
    expect(() => table.remove(here, insert(there, 'b'))).toThrow('not in this table');
  });
});
