/**
 * One cache in a process of its own, so that neither the garbage nor the compiled code of the others disturbs it. Arguments: the name
 * of the cache, its size in entries, whether entries have a TTL. It does what each message of the parent process says, and answers
 * with a number: nanoseconds of CPU time per operation, garbage collection included, or bytes.
 */
import { type Cache, comparedCaches, type HasTtl } from './compared-caches';

/** What the parent process can ask for. */
export type CacheRequest = 'check' | 'memory' | CacheWork;

/** What is measured in nanoseconds. */
export type CacheWork = 'get' | 'set' | 'mixed';

const name = process.argv[2]!;
const count = Number(process.argv[3]);
const hasTtl = process.argv[4] as HasTtl;
const { make, order } = comparedCaches[name]!;
const HOUR_MS = 3_600_000;
const newCache = (max = count): Cache => make(max, hasTtl === 'yes' ? HOUR_MS : undefined);
const OPERATIONS = 500_000;
/** Operations that are checked against a model, and the largest cache for it. */
const CHECKED_OPERATIONS = 50_000;
const MAX_CHECKED_ENTRIES = 1000;
/** Small caches are weighed by so many entries together. */
const MIN_WEIGHED_ENTRIES = 200_000;

let state = 1;
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return Math.floor(((state >>> 0) / 2 ** 32) * below);
}

/** Flat strings with memory of their own, as a parser makes them. */
const keys = Array.from({ length: 2 * count }, (_, i) => Buffer.from(`key:${i}`).toString('latin1'));
const present = Uint32Array.from({ length: OPERATIONS }, () => random(count));
const any = Uint32Array.from({ length: OPERATIONS }, () => random(2 * count));

/** What an exact LRU cache of that size answers; Map keeps the order of insertion. */
class LruModel implements Cache {
  readonly #map = new Map<string, number>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string): number | undefined {
    const value = this.#map.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: number): void {
    this.#map.delete(key);
    this.#map.set(key, value);
    if (this.#map.size > this.#max) this.#map.delete(this.#map.keys().next().value!);
  }
}

/** Runs the same operations on a model. A cache with another order than LRU may miss more, but not answer with a wrong value. */
function check(): void {
  const max = Math.min(count, MAX_CHECKED_ENTRIES);
  const checked = newCache(max);
  const model = new LruModel(max);
  const last = new Map<string, number>();
  for (let i = 0; i < CHECKED_OPERATIONS; i++) {
    const key = keys[random(2 * max)]!;
    const answer = checked.get(key);
    const expected = order === 'lru' ? model.get(key) : last.get(key);
    if (answer !== expected && (order === 'lru' || answer !== undefined)) throw new Error(`${name}: a wrong answer`);
    if (random(2) === 0) continue;
    checked.set(key, i);
    model.set(key, i);
    last.set(key, i);
  }
}

let cache: Cache;
let found = 0;
const work: Record<CacheWork, () => void> = {
  get() {
    for (let i = 0; i < OPERATIONS; i++) if (cache.get(keys[present[i]!]!) !== undefined) found++;
  },
  set() {
    for (let i = 0; i < OPERATIONS; i++) cache.set(keys[any[i]!]!, i);
  },
  mixed() {
    for (let i = 0; i < OPERATIONS; i++) {
      const key = keys[any[i]!]!;
      if (cache.get(key) === undefined) cache.set(key, i);
      else found++;
    }
  },
};

function fill(): void {
  for (let i = 0; i < count; i++) cache.set(keys[i]!, i);
}

function measure(what: CacheWork): number {
  if (what === 'get') fill();
  const start = process.cpuUsage();
  work[what]();
  const { user, system } = process.cpuUsage(start);
  if (what === 'get' && found === 0) throw new Error('nothing was found');
  return ((user + system) * 1e3) / OPERATIONS;
}

function collectedBytes(): number {
  gc!();
  // After one collection a concurrent thread may still hold array buffers.
  gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes of an entry in a full cache; keys and values (small integers) exist before. */
function weigh(): number {
  const copies = Math.ceil(MIN_WEIGHED_ENTRIES / count);
  // The compiled code must exist before.
  cache = newCache(1);
  fill();
  const caches: Cache[] = [];
  const before = collectedBytes();
  for (let i = 0; i < copies; i++) {
    cache = newCache();
    fill();
    caches.push(cache);
  }
  return (collectedBytes() - before) / (count * caches.length);
}

process.on('message', (request: CacheRequest) => {
  if (request === 'check') check();
  process.send!(request === 'check' ? 0 : request === 'memory' ? weigh() : measure(request));
});
process.send!('ready');
