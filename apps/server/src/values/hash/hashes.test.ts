import { type Address, Arena, ArenaFullError } from '@nanoredis/intrusive-ds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Keyspace } from '../../keyspace/keyspace';
import { SeededRandom } from '../../runtime/random';
import { Encoding, ValueType } from '../entry';

/** Hashes of one database; its methods take strings (one byte per character). */
class HashFixture {
  readonly keyspace: Keyspace;

  constructor(arena: Arena = new Arena({ debug: true })) {
    const random = new SeededRandom(7);
    this.keyspace = new Keyspace(1, 1_700_000_000_000, random, arena);
    Object.assign(this.keyspace.values.limits, { hashEntries: 4, hashValueBytes: 8 });
    // The first key creates the keyspace's table, which is never freed.
    this.database.remove(this.create('first'));
  }

  get hashes() {
    return this.keyspace.values.hashes;
  }

  get database() {
    return this.keyspace.databases[0]!;
  }

  create(name: string): Address {
    const key = Buffer.from(name, 'latin1');
    const value = this.hashes.create(0);
    return this.database.create(key, 0, key.length, ValueType.hash, Encoding.listpack, value);
  }

  set(entry: Address, field: string, value: string): boolean {
    const [f, v] = [Buffer.from(`<${field}>`, 'latin1'), Buffer.from(`[${value}]`, 'latin1')];
    return this.hashes.set(entry, f, 1, f.length - 1, v, 1, v.length - 1);
  }

  get(entry: Address, field: string): string | null {
    const bytes = Buffer.from(`<${field}>`, 'latin1');
    const isThere = this.hashes.find(entry, bytes, 1, bytes.length - 1);
    expect(this.hashes.has(entry, bytes, 1, bytes.length - 1)).toBe(isThere);
    const { value } = this.hashes;
    return isThere ? textOf(value) : null;
  }

  remove(entry: Address, field: string): boolean {
    const bytes = Buffer.from(`<${field}>`, 'latin1');
    return this.hashes.remove(entry, bytes, 1, bytes.length - 1);
  }

  contents(entry: Address): Map<string, string> {
    const contents = new Map<string, string>();
    this.hashes.forEach(entry, (field, value) => contents.set(textOf(field), textOf(value)));
    return contents;
  }

  placed(entry: Address, place: number): [string, string] {
    this.hashes.readPlace(entry, place);
    return [textOf(this.hashes.field), textOf(this.hashes.value)];
  }

  encodingOf(entry: Address): Encoding {
    return this.database.encodingOf(entry);
  }

  find(name: string): Address {
    const key = Buffer.from(name, 'latin1');
    return this.database.find(key, 0, key.length);
  }
}

function textOf({ bytes, start, end }: { bytes: Uint8Array; start: number; end: number }): string {
  return Buffer.from(bytes.subarray(start, end)).toString('latin1');
}

const byteText = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '1', '22', '-7', '') },
  { weight: 2, arbitrary: byteText(9) },
  { weight: 1, arbitrary: fc.oneof(byteText(300), fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String)) },
);
const operation = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('set' as const), text, text) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('remove' as const), text, fc.constant('')) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('get' as const), text, fc.constant('')) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('trim' as const), fc.constant(''), fc.constant('')) },
);

describe('Hashes', () => {
  it('behave like a Map and change their encoding once, whatever is set and removed', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const fixture = new HashFixture();
        const empty = fixture.keyspace.arena.used;
        const entry = fixture.create('h');
        const model = new Map<string, string>();
        let encoding = Encoding.listpack;
        for (const [what, field, value] of operations) {
          if (what === 'set') {
            expect(fixture.set(entry, field, value)).toBe(!model.has(field));
            model.set(field, value);
            if (model.size > 4 || field.length > 8 || value.length > 8) encoding = Encoding.hashtable;
          } else if (what === 'remove') expect(fixture.remove(entry, field)).toBe(model.delete(field));
          else if (what === 'get') expect(fixture.get(entry, field)).toBe(model.get(field) ?? null);
          else fixture.hashes.trim(entry);
          expect(fixture.hashes.length(entry)).toBe(model.size);
          expect(fixture.encodingOf(entry)).toBe(encoding);
        }
        const contents = fixture.contents(entry);
        expect(contents).toEqual(model);
        // A packed hash iterates in insertion order, as a Map does.
        if (encoding === Encoding.listpack) expect([...contents]).toEqual([...model]);
        for (const [field, value] of model) expect(fixture.get(entry, field)).toBe(value);
        fixture.database.remove(entry);
        expect(fixture.keyspace.arena.used).toBe(empty);
      }),
    );
  });

  it('are copied with their encoding, and copies are independent', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 30 }), (pairs) => {
        const fixture = new HashFixture();
        const { hashes, database, keyspace } = fixture;
        const empty = keyspace.arena.used;
        const entry = fixture.create('h');
        for (const [field, value] of pairs) fixture.set(entry, field, value);
        const before = fixture.contents(entry);
        const encoding = fixture.encodingOf(entry);
        const key = Buffer.from('copy');
        const value = hashes.copy(database.valueOf(entry), encoding);
        const copy = database.create(key, 0, key.length, ValueType.hash, encoding, value);
        fixture.set(entry, 'a', 'changed');
        fixture.remove(entry, 'b');
        expect(fixture.contents(copy)).toEqual(before);
        database.remove(entry);
        expect(fixture.contents(copy)).toEqual(before);
        database.remove(copy);
        expect(keyspace.arena.used).toBe(empty);
      }),
    );
  });

  it('are walked by positions: all at once, by a cursor, and at random', () => {
    for (const size of [1, 4, 5, 300]) {
      const fixture = new HashFixture();
      const { hashes } = fixture;
      const entry = fixture.create('h');
      for (let i = 0; i < size; i++) fixture.set(entry, `${i}`, `v${i}`);
      const all = fixture.contents(entry);
      const placed = new Map<string, string>();
      hashes.forEachPlace(entry, (place) => placed.set(...fixture.placed(entry, place)));
      expect(placed).toEqual(all);

      const scanned = new Map<string, string>();
      let cursor = 0;
      do cursor = hashes.scan(entry, cursor, (place) => scanned.set(...fixture.placed(entry, place)));
      while (cursor !== 0);
      expect(scanned).toEqual(all);

      const drawn = new Map<string, string>();
      for (let i = 0; i < size * 12; i++) drawn.set(...fixture.placed(entry, hashes.randomPlace(entry)));
      expect(drawn).toEqual(all);
      expect(hashes.isPacked(entry)).toBe(size <= 4);
    }
  });

  it('become tables when longer texts are about to be set, before any of them is', () => {
    const fixture = new HashFixture();
    const entry = fixture.create('h');
    fixture.set(entry, 'a', '1');
    fixture.hashes.admit(entry, 8, 100);
    expect(fixture.encodingOf(entry)).toBe(Encoding.listpack);
    fixture.keyspace.values.limits.hashEntries = 2 ** 40;
    fixture.hashes.admit(entry, 8, 2 ** 29);
    expect(fixture.encodingOf(entry)).toBe(Encoding.listpack);
    fixture.hashes.admit(entry, 8, 2 ** 30);
    expect(fixture.encodingOf(entry)).toBe(Encoding.hashtable);
    const other = fixture.create('other');
    fixture.hashes.admit(other, 9, 9);
    expect(fixture.encodingOf(other)).toBe(Encoding.hashtable);
    expect(fixture.contents(entry)).toEqual(new Map([['a', '1']]));
  });

  it('are freed in slices no larger than the budget', () => {
    const fixture = new HashFixture();
    const { hashes, database, keyspace } = fixture;
    const empty = keyspace.arena.used;
    const entry = fixture.create('h');
    for (let i = 0; i < 5000; i++) fixture.set(entry, `field:${i}`, `${i}`);
    const value = database.valueOf(entry);
    expect(hashes.freeEffort(value, Encoding.hashtable)).toBe(5000);
    database.remove(entry, true);
    let slices = 0;
    while (!keyspace.reclaimer.run(() => true)) slices++;
    expect(slices).toBeGreaterThan(5000 / 100);
    expect(keyspace.arena.used).toBe(empty);
  });

  it('report their memory exactly, or an estimate from a few samples', () => {
    for (const size of [0, 3, 5, 3000]) {
      const fixture = new HashFixture();
      const { hashes, database, keyspace } = fixture;
      const entry = fixture.create('h');
      const before = keyspace.arena.used - hashes.memoryOf(database.valueOf(entry), Encoding.listpack, 0);
      for (let i = 0; i < size; i++) fixture.set(entry, `${i}`, 'v'.repeat(i % 50));
      const measure = (samples: number) => hashes.memoryOf(database.valueOf(entry), fixture.encodingOf(entry), samples);
      const truth = keyspace.arena.used - before;
      expect(measure(0)).toBe(truth);
      expect(measure(100) / truth).toBeCloseTo(1, 0.5);
    }
  });

  it('do not change when the arena is full', () => {
    for (const valueBytes of [6, 3000]) {
      const fixture = new HashFixture(new Arena({ limitBytes: 600_000 }));
      const { keyspace, hashes, database } = fixture;
      keyspace.values.limits.hashEntries = 2000;
      const model = new Map<string, string>();
      const entry = fixture.create('h');
      const put = (field: string): void => {
        fixture.set(entry, field, field.padEnd(valueBytes, '.'));
        model.set(field, field.padEnd(valueBytes, '.'));
      };
      const fill = () => {
        for (let i = 0; i < 1e6; i++) {
          const name = `k${i}`;
          const other = fixture.find(name) === 0 ? fixture.create(name) : fixture.find(name);
          fixture.set(other, 'f', 'x'.repeat(100 + (i % 4000)));
          put(`${i}`);
        }
      };
      expect(fill).toThrow(ArenaFullError);
      expect(fixture.contents(entry)).toEqual(model);
      expect(hashes.length(entry)).toBe(model.size);
      const used = keyspace.arena.used;
      const encoding = fixture.encodingOf(entry);
      const copies: Address[] = [];
      expect(() => {
        for (;;) copies.push(hashes.copy(database.valueOf(entry), encoding));
      }).toThrow(ArenaFullError);
      for (const copy of copies) hashes.free(copy, encoding);
      expect(keyspace.arena.used).toBe(used);
      for (const field of model.keys()) expect(fixture.remove(entry, field)).toBe(true);
      expect(hashes.length(entry)).toBe(0);
    }
  });
});
