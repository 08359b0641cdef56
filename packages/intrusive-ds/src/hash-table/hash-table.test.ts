import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import { Entry, tableOf, WideEntry } from './hash-table.fixture';
import { MAX_PREFETCHED_KEYS } from './prefetch';

describe('HashTable', () => {
  it('knows by an address alone whether the record is still in the table', () => {
    const { table, insert, remove } = tableOf();
    const root = table.create();
    const hashOf = (key: string) => table.hash(Buffer.from(key), 0, key.length);
    expect(table.has(root, 1234, 5)).toBe(false);
    const records = Array.from({ length: 500 }, (_, i) => insert(root, `key:${i}`));
    for (let i = 0; i < 500; i += 2) remove(root, records[i]!);
    for (let i = 500; i < 600; i++) insert(root, `key:${i}`);
    for (let i = 1; i < 500; i += 2) expect(table.has(root, records[i]!, hashOf(`key:${i}`))).toBe(true);
    const other = table.create();
    expect(table.has(other, records[1]!, hashOf('key:1'))).toBe(false);
    remove(root, records[1]!);
    expect(table.has(root, records[1]!, hashOf('key:1'))).toBe(false);
  });

  it('behaves like a Map under random inserts, removals and replacements', () => {
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

  it('finds the same records with a prefetch as without one, while the table changes', () => {
    const key = fc.oneof(fc.nat(40).map(String), fc.string({ maxLength: 20 }));
    const step = fc.record({ key, action: fc.constantFrom('insert', 'insert', 'remove', 'replace', 'none') });
    fc.assert(
      fc.property(
        fc.array(fc.array(step, { minLength: 1, maxLength: MAX_PREFETCHED_KEYS }), { maxLength: 20 }),
        (batches) => {
          const { arena, table, record, find, insert, remove } = tableOf();
          const root = table.create();
          const model = new Map<string, Address>();
          for (const steps of batches) {
            const spans = new Int32Array(2 * MAX_PREFETCHED_KEYS);
            let text = '';
            const parts = steps.map(({ key }, i) => {
              spans[2 * i] = Buffer.byteLength(text);
              text += key;
              spans[2 * i + 1] = Buffer.byteLength(text);
              text += '\r\n*2\r\n$3\r\nGET\r\n$';
              return [spans[2 * i]!, spans[2 * i + 1]!] as const;
            });
            const bytes = Buffer.from(text);
            table.prefetch(root, bytes, spans, steps.length);
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
            table.endPrefetch();
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('grows beyond a chunk and shrinks again bucket by bucket, keeps about one record a bucket, and frees its memory', () => {
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

  it('throws when a record of another table is removed', () => {
    const { table, insert } = tableOf();
    const here = table.create();
    const there = table.create();
    insert(here, 'a');
    expect(() => table.remove(here, insert(there, 'b'))).toThrow('not in this table');
  });
});
