import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InProcessClient } from '../../src/clients/in-process-client';
import { commands } from '../../src/commands';
import { ContentDigest, Digest } from '../../src/commands/server/debug/dataset-digest';
import { Configuration } from '../../src/config';
import { Instance } from '../../src/instance';
import type { Keyspace } from '../../src/keyspace/keyspace';
import { SnapshotWalk } from '../../src/keyspace/snapshot-walk';
import { ManualClock } from '../../src/runtime/clock';
import { silentLog } from '../../src/runtime/log';
import { SeededRandom } from '../../src/runtime/random';
import { randomCommand, unrepeatableCommand } from '../harness/random-commands';

/** Something that happens to the server. */
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ client: fc.nat(2), words: randomCommand }) },
  { weight: 6, arbitrary: fc.record({ client: fc.nat(2), words: unrepeatableCommand }) },
  { weight: 2, arbitrary: fc.record({ ms: fc.nat(3000) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const sequence = fc.array(step, { minLength: 1, maxLength: 60, size: 'max' });

/** A server whose background work runs after each step. */
class Server {
  readonly clock = new ManualClock();
  readonly instance: Instance;
  readonly #clients: InProcessClient[];

  constructor() {
    const config = new Configuration();
    config.assign({
      'hash-max-listpack-entries': 4,
      'set-max-intset-entries': 4,
      'zset-max-listpack-entries': 4,
      'list-max-listpack-size': 2,
    });
    this.instance = new Instance({
      config,
      clock: this.clock,
      random: new SeededRandom(1),
      log: silentLog,
      definitions: commands,
      shutdown: () => {},
    });
    this.#clients = [0, 1, 2].map(() => new InProcessClient(this.instance));
  }

  get keyspace(): Keyspace {
    return this.instance.keyspace;
  }

  take(step: Step): void {
    if ('ms' in step) {
      this.clock.advance(step.ms);
      this.instance.cron.run();
      return;
    }
    const reply = this.#clients[step.client]!.execute(step.words);
    if (reply instanceof Promise) reply.catch(() => {});
  }

  /** A line for each entry: database, key, type, deadline, number of elements, and the digest of its value. */
  describe(): string[] {
    const lines: string[] = [];
    for (const database of this.keyspace.databases) {
      database.forEach((entry) => {
        const reader = new EntryReader(this.keyspace, database.index, entry);
        reader.read(Number.POSITIVE_INFINITY);
        lines.push(reader.line);
      });
    }
    return lines.sort();
  }
}

/** Reads an entry in parts. */
class EntryReader {
  readonly #keyspace: Keyspace;
  readonly #entry: number;
  readonly #digest = new Digest();
  readonly #content: ContentDigest;
  readonly #head: string;
  #cursor = 0;

  constructor(keyspace: Keyspace, databaseIndex: number, entry: number) {
    const { entries } = keyspace.values;
    this.#keyspace = keyspace;
    this.#entry = entry;
    this.#content = new ContentDigest(this.#digest, entries.typeOf(entry));
    const start = entries.keyStartOf(entry);
    const key = entries.keyBytesOf(entry).toString('latin1', start, start + entries.keyLengthOf(entry));
    const deadlineMs = keyspace.databases[0]!.deadlineOf(entry);
    const type = entries.typeOf(entry);
    this.#head = `${databaseIndex}:${key} of type ${type} until ${deadlineMs}, ${keyspace.values.count(entry)} elements`;
  }

  get line(): string {
    return `${this.#head}: ${this.#digest}`;
  }

  /** Goes on by about so many elements; returns whether that was the last. */
  read(budget: number): boolean {
    this.#cursor = this.#keyspace.values.walk(this.#entry, this.#cursor, budget, this.#content);
    return this.#cursor === 0;
  }
}

describe('a snapshot', () => {
  it('gets every entry once, as it was when it began, whatever commands run meanwhile', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(sequence, sequence, fc.nat(3), (before, during, stepsBetween) => {
        const server = new Server();
        for (const step of before) server.take(step);
        const expected = server.describe();
        const visited: string[] = [];
        const unfinished = new Map<number, EntryReader>();
        const { keyspace } = server;
        const walk = new SnapshotWalk(keyspace, keyspace.databases, {
          visit(databaseIndex, entry, isLast) {
            const reader = unfinished.get(entry) ?? new EntryReader(keyspace, databaseIndex, entry);
            unfinished.set(entry, reader);
            if (!reader.read(isLast ? Number.POSITIVE_INFINITY : 1)) return false;
            unfinished.delete(entry);
            visited.push(reader.line);
            return true;
          },
        });
        for (const step of during) {
          for (let i = 0; i < stepsBetween; i++) walk.step();
          server.take(step);
        }
        while (!walk.step());
        expect(visited.sort()).toEqual(expected);
        server.instance.stop();
      }),
      { numRuns: 120 },
    );
  });

  it('gets what a blocked client takes from a value that SWAPDB has brought', () => {
    const server = new Server();
    const run = (client: number, line: string): void => server.take({ client, words: line.split(' ') });
    run(0, 'BLPOP k 0');
    run(1, 'SELECT 1');
    run(1, 'RPUSH k a b c');
    const expected = server.describe();
    const visited: string[] = [];
    const { keyspace } = server;
    const walk = new SnapshotWalk(keyspace, keyspace.databases, {
      visit(databaseIndex, entry) {
        const reader = new EntryReader(keyspace, databaseIndex, entry);
        reader.read(Number.POSITIVE_INFINITY);
        visited.push(reader.line);
        return true;
      },
    });
    run(1, 'SWAPDB 0 1');
    expect(server.describe()).not.toEqual(expected);
    while (!walk.step());
    expect(visited).toEqual(expected);
    server.instance.stop();
  });
});
