import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOfKey } from './key-hash';
import { KeyIndex } from './key-index';

const SEED = 42;

/** What all texts that collide begin with; an index leaves it out of their hashes. */
const PREFIX = 'key:';

/** `count` texts whose hashes end in the same `bits` bits. */
function collidingKeys(count: number, bits: number): string[] {
  const keys: string[] = [];
  const mask = 2 ** bits - 1;
  for (let i = 0; keys.length < count; i++) {
    const key = `${PREFIX}${i}`;
    if ((hashOfKey(key, SEED, PREFIX.length) & mask) === 7) keys.push(key);
  }
  return keys;
}

/** Enters and removes keys as told and compares with a Map after each step. */
function compareWithMap(keys: readonly unknown[], steps: readonly { key: number; isAdded: boolean }[]): void {
  const index = new KeyIndex<unknown, number>(1, SEED);
  const map = new Map<unknown, number>();
  const free: number[] = [];
  let capacity = 1;
  for (const { key: at, isAdded } of steps) {
    const key = keys[at % keys.length];
    const slot = index.find(key);
    expect(slot).toBe(map.get(key) ?? 0);
    if (isAdded && slot === 0) {
      const taken = free.pop() ?? map.size + 1;
      if (taken > capacity) {
        capacity *= 2;
        index.resize(capacity);
        index.find(key);
      }
      index.insert(key, -taken, taken);
      map.set(key, taken);
    } else if (!isAdded && slot !== 0) {
      index.remove(slot);
      map.delete(key);
      free.push(slot);
    }
  }
  for (const key of keys) {
    const slot = map.get(key) ?? 0;
    expect(index.find(key)).toBe(slot);
    if (slot !== 0) expect(index.valueOf(slot)).toBe(-slot);
  }
}

const steps = fc.array(fc.record({ key: fc.nat(1000), isAdded: fc.boolean() }), { maxLength: 400 });

describe('KeyIndex', () => {
  it('finds keys of every kind as a Map does, under random insertions and removals', () => {
    const kinds = [
      '',
      'a',
      'b',
      'ä',
      '漢字',
      'x'.repeat(32),
      'x'.repeat(33),
      0,
      -0,
      1,
      -1,
      2 ** 31,
      0.5,
      Number.NaN,
      '1',
    ];
    const keys = [
      ...kinds,
      true,
      undefined,
      null,
      1n,
      Symbol('s'),
      {},
      [],
      () => {},
      'x'.repeat(32),
      Number.POSITIVE_INFINITY,
    ];
    fc.assert(fc.property(steps, (steps) => compareWithMap(keys, steps)));
  });

  it('finds strings with a common prefix, and later ones without it', () => {
    const beginnings = ['', 'u', 'us', 'user:', 'user:1', 'user:10', 'users'];
    const keys = beginnings.flatMap((beginning) => ['', '1', '22', '333'].map((end) => beginning + end));
    fc.assert(
      fc.property(fc.shuffledSubarray(keys, { minLength: 5 }), steps, (keys, steps) => compareWithMap(keys, steps)),
    );
  });

  it('finds keys whose hashes collide, also if the table has no slot for them', () => {
    const keys = collidingKeys(300, 12);
    fc.assert(
      fc.property(steps, (steps) => {
        const all = keys.map((_, key) => ({ key, isAdded: true }));
        const third = keys.map((_, key) => ({ key, isAdded: key % 3 !== 0 }));
        compareWithMap(keys, [...all, ...third, ...steps, ...all]);
      }),
      { numRuns: 20 },
    );
  });

  it('finds keys while it grows from slots of 16 bits to slots of 32, and keys that reuse the slots of removed ones', () => {
    const keys = Array.from({ length: 10_000 }, (_, i) => `key:${i}`);
    const all = keys.map((_, key) => ({ key, isAdded: true }));
    const third = keys.map((_, key) => ({ key, isAdded: key % 3 !== 0 }));
    compareWithMap(keys, [...all.slice(0, 4000), ...third.slice(0, 4000), ...all, ...third, ...all]);
  });

  it('keeps no reference to a key that it removes', () => {
    const index = new KeyIndex<unknown, number>(4);
    for (const key of ['short', 7, {}, 'long'.repeat(20)]) {
      expect(index.find(key)).toBe(0);
      index.insert(key, 7, 1);
      index.remove(1);
      expect(index.keyOf(1)).toBe(undefined);
      expect(index.find(key)).toBe(0);
    }
  });
});
