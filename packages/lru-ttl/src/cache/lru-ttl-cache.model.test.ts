import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CachePolicy, EvictionReason } from './cache-options';
import { LruTtlCache } from './lru-ttl-cache';

interface Entry {
  key: unknown;
  value: number;
  deadlineMs: number;
  /** Serial numbers of the step in which it was added, and read or set last. */
  added: number;
  used: number;
  isRead: boolean;
}

const MAX_ENTRIES = 6;
const MAX_BYTES = 20;
const KEYS: readonly unknown[] = [
  'a',
  'b',
  'c',
  'x'.repeat(40),
  1,
  2,
  0.5,
  Number.NaN,
  null,
  undefined,
  Symbol('s'),
  {},
];
/** An entry has as many bytes as its value says; one of 25 is too large. */
const bytesOf = (value: number): number => value % 26;
/** The value for which the size function throws. */
const SIZELESS = -1;

/** The cache as a Map that is sorted where an order is asked for. It says who may go, and the test says who went. */
class Model {
  readonly entries = new Map<unknown, Entry>();
  nowMs = 1000;
  readonly #policy: CachePolicy;
  #serial = 0;
  /** The entry at which the hand of `sieve` stands, by its serial number; 0 where it begins at the oldest. */
  #hand = 0;

  constructor(policy: CachePolicy) {
    this.#policy = policy;
  }

  /** Newest first. */
  sorted(): Entry[] {
    const by = this.#policy === 'lru' ? 'used' : 'added';
    return [...this.entries.values()].sort((a, b) => b[by] - a[by]);
  }

  isOver(entry: Entry): boolean {
    return entry.deadlineMs <= this.nowMs;
  }

  live(): Entry[] {
    return this.sorted().filter((entry) => !this.isOver(entry));
  }

  find(key: unknown): Entry | undefined {
    const entry = this.entries.get(key);
    return entry === undefined || this.isOver(entry) ? undefined : entry;
  }

  bytes(): number {
    return [...this.entries.values()].reduce((sum, { value }) => sum + bytesOf(value), 0);
  }

  use(entry: Entry): void {
    entry.used = ++this.#serial;
    entry.isRead = true;
  }

  put(key: unknown, value: number, deadlineMs: number): void {
    const entry = this.entries.get(key);
    if (entry === undefined) {
      const added = ++this.#serial;
      this.entries.set(key, { key, value, deadlineMs, added, used: added, isRead: false });
    } else {
      Object.assign(entry, { value, deadlineMs });
      this.use(entry);
    }
  }

  /** Fails if the policy would not let that entry go, and lets it go. */
  evict(key: unknown, kept: unknown, hasKept: boolean): void {
    const others = this.sorted().filter((entry) => !hasKept || !Object.is(entry.key, kept));
    const entry = this.entries.get(key)!;
    expect(others).toContain(entry);
    if (this.#policy === 'lru') expect(entry).toBe(others.at(-1));
    if (this.#policy === 'ttl') {
      const nearest = Math.min(...others.map(({ deadlineMs }) => deadlineMs));
      expect(entry.deadlineMs).toBe(nearest);
      if (nearest === Number.POSITIVE_INFINITY) expect(entry).toBe(others.at(-1));
    }
    if (this.#policy === 'sieve') expect(entry).toBe(this.#sieveVictim(kept, hasKept));
    this.remove(key);
  }

  /** Takes an entry out, if it is there; a hand that stands at it moves on to the next newer one. */
  remove(key: unknown): void {
    const added = this.entries.get(key)?.added ?? 0;
    this.entries.delete(key);
    if (added !== 0 && this.#hand === added)
      this.#hand = this.sorted().findLast((entry) => entry.added > added)?.added ?? 0;
  }

  #sieveVictim(kept: unknown, hasKept: boolean): Entry {
    const oldestFirst = this.sorted().reverse();
    let at = oldestFirst.findIndex(({ added }) => added === this.#hand);
    if (at < 0) at = 0;
    for (;;) {
      const entry = oldestFirst[at]!;
      const isKept = hasKept && Object.is(entry.key, kept);
      if (!isKept && !entry.isRead) {
        this.#hand = entry.added;
        return entry;
      }
      entry.isRead = false;
      at = (at + 1) % oldestFirst.length;
    }
  }
}

const key = fc.constantFrom(...KEYS);
const ttlMs = fc.constantFrom(undefined, 1, 10, 50, Number.POSITIVE_INFINITY);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ action: fc.constant('set' as const), key, value: fc.nat(25), ttlMs }) },
  { weight: 4, arbitrary: fc.record({ action: fc.constant('get' as const), key }) },
  {
    weight: 1,
    arbitrary: fc.record({ action: fc.constantFrom('peek' as const, 'has' as const, 'delete' as const), key }),
  },
  { weight: 1, arbitrary: fc.record({ action: fc.constant('wait' as const), forMs: fc.nat(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({ action: fc.constant('purge' as const), budgetMs: fc.constantFrom(0, 5, undefined) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ action: fc.constantFrom('set without a size' as const, 'clear' as const), key }),
  },
  { weight: 1, arbitrary: fc.record({ action: fc.constant('reload' as const) }) },
);

describe.each<CachePolicy>(['lru', 'lfu', 'ttl', 'random', 'sieve'])('LruTtlCache with the policy %s', (policy) => {
  it.each([
    { limits: 'entries', counted: false, defaultTtlMs: undefined, staleOnGet: false },
    { limits: 'bytes', counted: true, defaultTtlMs: 20, staleOnGet: true },
  ])('answers as a sorted Map does, with a limit of $limits', ({ counted, defaultTtlMs, staleOnGet }) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const model = new Model(policy);
        let events: { key: unknown; value: number; reason: EvictionReason }[] = [];
        const sizeOf = (value: number): number => {
          if (value === SIZELESS) throw new Error('no size');
          return bytesOf(value);
        };
        const create = () =>
          new LruTtlCache<unknown, number>({
            maxEntries: MAX_ENTRIES,
            ...(counted ? { maxBytes: MAX_BYTES, sizeOf } : {}),
            ...(defaultTtlMs === undefined ? {} : { ttlMs: defaultTtlMs }),
            staleOnGet,
            policy,
            now: () => model.nowMs,
            onEvict: (key, value, reason) => events.push({ key, value, reason }),
          });
        const cache = create();

        for (const step of steps) {
          events = [];
          if (step.action === 'wait') {
            model.nowMs += step.forMs;
          } else if (step.action === 'purge') {
            const over = [...model.entries.values()].filter((entry) => model.isOver(entry));
            // All of so few entries are looked at before the budget is asked for.
            expect(cache.purgeExpired(step.budgetMs)).toBe(over.length);
            expect(new Set(events)).toEqual(new Set(over.map(({ key, value }) => ({ key, value, reason: 'expired' }))));
            for (const entry of over) model.remove(entry.key);
          } else if (step.action === 'clear') {
            cache.clear();
            const all = model.sorted().map(({ key, value }) => ({ key, value, reason: 'cleared' }));
            expect(events).toEqual(all);
            for (const { key } of all) model.remove(key);
          } else if (step.action === 'set without a size') {
            if (counted) expect(() => cache.set(step.key, SIZELESS)).toThrow('no size');
            expect(events).toEqual([]);
          } else if (step.action === 'reload') {
            const copy = create();
            copy.load(cache.dump());
            expect([...copy]).toEqual([...cache]);
            expect(copy.dump()).toEqual(cache.dump());
          } else if (step.action === 'set') {
            const before = model.entries.get(step.key);
            const isTooLarge = counted && bytesOf(step.value) > MAX_BYTES;
            const ttl = step.ttlMs ?? defaultTtlMs ?? Number.POSITIVE_INFINITY;
            const reason = before !== undefined && !isTooLarge && model.isOver(before) ? 'expired' : 'replaced';
            const expected = before === undefined ? [] : [{ key: step.key, value: before.value, reason }];
            cache.set(step.key, step.value, step.ttlMs);
            if (isTooLarge) {
              model.remove(step.key);
              expect(events).toEqual([...expected, { key: step.key, value: step.value, reason: 'capacity' }]);
            } else {
              if (before !== undefined) model.put(step.key, step.value, model.nowMs + ttl);
              expect(events.slice(0, expected.length)).toEqual(expected);
              for (const event of events.slice(expected.length)) {
                expect(event).toEqual({
                  key: event.key,
                  value: model.entries.get(event.key)?.value,
                  reason: 'capacity',
                });
                const isNeeded =
                  before === undefined
                    ? model.entries.size === MAX_ENTRIES || (counted && model.bytes() + bytesOf(step.value) > MAX_BYTES)
                    : counted && model.bytes() > MAX_BYTES;
                expect(isNeeded).toBe(true);
                model.evict(event.key, step.key, before !== undefined);
              }
              if (before === undefined) model.put(step.key, step.value, model.nowMs + ttl);
            }
          } else {
            const entry = model.find(step.key);
            const stale = entry === undefined ? model.entries.get(step.key) : undefined;
            if (step.action === 'get') {
              expect(cache.get(step.key)).toBe(entry?.value ?? (staleOnGet ? stale?.value : undefined));
              if (entry !== undefined) model.use(entry);
            } else if (step.action === 'delete') {
              expect(cache.delete(step.key)).toBe(entry !== undefined);
            } else {
              expect(cache.peek(step.key)).toBe(entry?.value);
              expect(cache.has(step.key)).toBe(entry !== undefined);
              expect(cache.remainingTtlMs(step.key)).toBe(entry && entry.deadlineMs - model.nowMs);
            }
            const gone = step.action === 'delete' ? (entry ?? stale) : step.action === 'get' ? stale : undefined;
            const reason = stale === undefined ? 'deleted' : 'expired';
            expect(events).toEqual(gone === undefined ? [] : [{ key: step.key, value: gone.value, reason }]);
            if (gone !== undefined) model.remove(step.key);
          }

          expect(cache.size).toBe(model.entries.size);
          expect(cache.bytes).toBe(counted ? model.bytes() : 0);
          expect([...cache]).toEqual(model.live().map(({ key, value }) => [key, value]));
        }
      }),
      { numRuns: 150 },
    );
  });
});
