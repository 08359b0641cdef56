import { Arena } from '@nanoredis/intrusive-ds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Encoding } from '../values/entry';
import { encodingOfString } from '../values/string-encoding';
import type { Database } from './database';
import { Keyspace } from './keyspace';

interface Modelled {
  value: Buffer;
  encoding: Encoding;
  deadlineMs: number;
}

const START_MS = 1_700_000_000_000;

/** Databases over an arena that notices every misuse of a record. */
class Subject {
  readonly keyspace: Keyspace;
  readonly database: Database;
  readonly emptyBytes: number;

  constructor() {
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state;
    };
    this.keyspace = new Keyspace(
      1,
      START_MS,
      { nextUint32: random, hashSeed: { k0: 1, k1: 2 } },
      new Arena({ debug: true }),
    );
    this.database = this.keyspace.databases[0]!;
    this.emptyBytes = this.keyspace.arena.used;
  }

  find(key: Buffer): number {
    return this.database.find(key, 0, key.length);
  }
}

/** A step changes the database and the model alike. */
type Step = (subject: Subject, model: Map<string, Modelled>) => void;

const key = fc.constantFrom('', 'a', 'key', 'k'.repeat(40), 'x'.repeat(300)).map((text) => Buffer.from(text));
const length = fc.oneof(
  fc.nat(60),
  fc.integer({ min: 500, max: 530 }),
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 30_000, max: 70_000 }),
);
const value = fc.oneof(
  fc
    .tuple(length, fc.nat(255))
    .map(([size, seed]) => Buffer.from(Uint8Array.from({ length: size }, (_, i) => seed + i * 7))),
  fc.integer().map((number) => Buffer.from(number.toString())),
);
const deadlineIn = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1000, max: 1_000_000_000 }));

const set = fc.tuple(key, value, fc.boolean()).map(
  ([name, bytes, keeps]): Step =>
    ({ database }, model) => {
      database.strings.set(name, 0, name.length, bytes, 0, bytes.length, keeps);
      const deadlineMs = keeps ? (model.get(name.toString())?.deadlineMs ?? -1) : -1;
      model.set(name.toString(), { value: bytes, encoding: encodingOfString(bytes, 0, bytes.length), deadlineMs });
    },
);

const append = fc.tuple(key, value).map(
  ([name, bytes]): Step =>
    ({ database, keyspace }, model) => {
      const modelled = model.get(name.toString());
      const entry = database.find(name, 0, name.length);
      if (modelled === undefined) return;
      const { view } = keyspace;
      view.locate(database.strings.grow(entry, modelled.value.length + bytes.length));
      expect(view.bytes.subarray(view.start + modelled.value.length, view.end).every((byte) => byte === 0)).toBe(true);
      bytes.copy(view.bytes, view.start + modelled.value.length);
      modelled.value = Buffer.concat([modelled.value, bytes]);
      modelled.encoding = Encoding.raw;
    },
);

const createZeros = fc.tuple(key, length).map(
  ([name, size]): Step =>
    ({ database }, model) => {
      if (model.has(name.toString())) return;
      database.strings.createZeros(name, 0, name.length, size);
      model.set(name.toString(), { value: Buffer.alloc(size), encoding: Encoding.raw, deadlineMs: -1 });
    },
);

const remove = key.map(
  (name): Step =>
    (subject, model) => {
      const entry = subject.find(name);
      if (entry !== 0) subject.database.remove(entry);
      expect(model.delete(name.toString())).toBe(entry !== 0);
    },
);

const setDeadline = fc.tuple(key, deadlineIn).map(
  ([name, inMs]): Step =>
    (subject, model) => {
      const modelled = model.get(name.toString());
      if (modelled === undefined) return;
      modelled.deadlineMs = subject.keyspace.nowMs + inMs;
      subject.database.setDeadline(subject.find(name), modelled.deadlineMs);
    },
);

const clearDeadline = key.map(
  (name): Step =>
    (subject, model) => {
      const modelled = model.get(name.toString());
      if (modelled === undefined) return;
      modelled.deadlineMs = -1;
      subject.database.clearDeadline(subject.find(name));
    },
);

const passTime = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.boolean()).map(
  ([ms, expires]): Step =>
    ({ database, keyspace }, model) => {
      keyspace.setTime(keyspace.nowMs + ms);
      for (const [name, { deadlineMs }] of model)
        if (deadlineMs >= 0 && deadlineMs <= keyspace.nowMs) model.delete(name);
      if (!expires) return;
      while (!database.expireDue(keyspace.nowMs, 2));
      expect(database.size).toBe(model.size);
    },
);

const step = fc.oneof(
  { weight: 6, arbitrary: set },
  { weight: 4, arbitrary: append },
  { weight: 1, arbitrary: createZeros },
  { weight: 2, arbitrary: remove },
  { weight: 3, arbitrary: setDeadline },
  { weight: 1, arbitrary: clearDeadline },
  { weight: 2, arbitrary: passTime },
);

function expectSame(subject: Subject, model: Map<string, Modelled>, names: Iterable<string>): void {
  const { database, keyspace } = subject;
  for (const name of names) {
    const entry = subject.find(Buffer.from(name));
    const modelled = model.get(name);
    expect(entry !== 0, `${name} exists`).toBe(modelled !== undefined);
    if (modelled === undefined) continue;
    const view = keyspace.view.locate(entry);
    expect(modelled.value.equals(view.bytes.subarray(view.start, view.end)), `value of ${name}`).toBe(true);
    expect(database.encodingOf(entry)).toBe(modelled.encoding);
    expect(database.deadlineOf(entry)).toBe(modelled.deadlineMs);
    const at = database.keyStartOf(entry);
    expect(database.keyBytesOf(entry).toString('latin1', at, at + database.keyLengthOf(entry))).toBe(name);
  }
}

describe('a database of strings', () => {
  it('holds what a Map would hold, through every move of its records, and gives all memory back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const subject = new Subject();
        const model = new Map<string, Modelled>();
        const names = ['', 'a', 'key', 'k'.repeat(40), 'x'.repeat(300)];
        for (const take of steps) take(subject, model);
        expectSame(subject, model, names);
        expect(subject.database.size).toBe(model.size);
        const withDeadline = [...model.values()].filter(({ deadlineMs }) => deadlineMs >= 0);
        expect(subject.database.volatileSize).toBe(withDeadline.length);
        subject.keyspace.flush(subject.database, false);
        expect(subject.keyspace.arena.used).toBe(subject.emptyBytes);
      }),
      { numRuns: 300 },
    );
  });

  it('overwrites a value of the same size in place, with a deadline or without', () => {
    for (const size of [20, 600, 100_000]) {
      const subject = new Subject();
      const { database, keyspace } = subject;
      const name = Buffer.from('key');
      const first = Buffer.alloc(size, 'a');
      const second = Buffer.alloc(size - 1, 'b');
      let entry = database.strings.set(name, 0, 3, first, 0, size);
      expect(database.strings.set(name, 0, 3, second, 0, size - 1)).toBe(entry);
      entry = database.setDeadline(entry, START_MS + 1000);
      const at = keyspace.view.locate(entry).start;
      expect(database.strings.set(name, 0, 3, first, 0, size, true)).toBe(entry);
      expect(keyspace.view.locate(entry).start).toBe(at);
      expect(database.deadlineOf(entry)).toBe(START_MS + 1000);
      entry = database.strings.set(name, 0, 3, second, 0, size - 1);
      expect(database.deadlineOf(entry)).toBe(-1);
    }
  });
});
