/**
 * One cache in a process of its own, so that neither its garbage nor the machine code of the others disturbs it. Told by messages what to do;
 * answers nanoseconds of CPU time an operation, garbage collection included.
 */
import { contestants } from './contestants.mjs';

const [name, count, ttl] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const { make, order } = contestants[name];
const HOUR_MS = 3_600_000;
const newCache = (max = count) => make(max, ttl === 'yes' ? HOUR_MS : undefined);
const OPERATIONS = 500_000;

let state = 1;
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return Math.floor(((state >>> 0) / 2 ** 32) * below);
}
/** Flat strings in memory of their own, as a parser makes them. */
const keys = Array.from({ length: 2 * count }, (_, i) => Buffer.from(`key:${i}`).toString('latin1'));
const present = Uint32Array.from({ length: OPERATIONS }, () => random(count));
const any = Uint32Array.from({ length: OPERATIONS }, () => random(2 * count));

/** What an exact LRU of that size answers: Map keeps the order of insertion. */
class Model {
  #map = new Map();
  #max;
  constructor(max) {
    this.#max = max;
  }
  get(key) {
    const value = this.#map.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }
  set(key, value) {
    this.#map.delete(key);
    this.#map.set(key, value);
    if (this.#map.size > this.#max) this.#map.delete(this.#map.keys().next().value);
  }
}

/** Runs the same operations against a model; those that keep another order than LRU must only never answer a wrong value. */
function check() {
  const max = Math.min(count, 1000);
  const cache = newCache(max);
  const model = new Model(max);
  const last = new Map();
  for (let i = 0; i < 50_000; i++) {
    const key = keys[random(2 * max)];
    const answer = cache.get(key);
    const right = order === 'lru' ? model.get(key) : last.get(key);
    if (answer !== right && (order === 'lru' || answer !== undefined)) throw new Error(`${name}: a wrong answer`);
    if (random(2) === 0) continue;
    cache.set(key, i);
    model.set(key, i);
    last.set(key, i);
  }
}

let cache;
let found = 0;
const work = {
  get() {
    for (let i = 0; i < OPERATIONS; i++) if (cache.get(keys[present[i]]) !== undefined) found++;
  },
  set() {
    for (let i = 0; i < OPERATIONS; i++) cache.set(keys[any[i]], i);
  },
  mixed() {
    for (let i = 0; i < OPERATIONS; i++) {
      const key = keys[any[i]];
      if (cache.get(key) === undefined) cache.set(key, i);
      else found++;
    }
  },
};
function fill() {
  for (let i = 0; i < count; i++) cache.set(keys[i], i);
}

function measure(what) {
  if (what === 'get') fill();
  const start = process.cpuUsage();
  work[what]();
  const { user, system } = process.cpuUsage(start);
  if (what === 'get' && found === 0) throw new Error('nothing was found');
  return ((user + system) * 1e3) / OPERATIONS;
}

/** Bytes an entry that the cache takes when it is full; keys and values (small integers) exist before. Small caches are weighed by many. */
function weigh() {
  const copies = Math.ceil(200_000 / count);
  const inUse = () => {
    gc();
    gc(); // the first may leave array buffers to a thread that is not done yet
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  cache = newCache(1);
  fill(); // so that the code is there already
  const caches = [];
  const before = inUse();
  for (let i = 0; i < copies; i++) {
    cache = newCache();
    fill();
    caches.push(cache);
  }
  return (inUse() - before) / (count * caches.length);
}

process.on('message', (what) => {
  if (what === 'check') {
    check();
    process.send('right');
  } else process.send(what === 'memory' ? weigh() : measure(what));
});
process.send('ready');
