import { InProcessClient } from '../../src/clients/in-process-client';
import type { Definition } from '../../src/command/define-command';
import { Digest, digestDataset, digestValue } from '../../src/commands/server/debug/dataset-digest';
import { Configuration } from '../../src/config';
import { Instance } from '../../src/instance';
import type { Keyspace } from '../../src/keyspace/keyspace';
import { type PropagatedUnit, Target } from '../../src/keyspace/propagated-unit';
import type { PropagationSink } from '../../src/keyspace/propagation';
import { ManualClock } from '../../src/runtime/clock';
import { silentLog } from '../../src/runtime/log';
import { SeededRandom } from '../../src/runtime/random';
import { splitCommands } from './propagated-commands';

/** A word of a command. */
type Word = string | Buffer;

/**
 * A server, and a second one that executes what the first propagates and nothing else. Both have the same time, which the
 * test moves; the second deletes expired keys only when the first says so.
 */
export class ReplayedPair implements PropagationSink {
  readonly targets = Target.file;
  readonly clock = new ManualClock();
  readonly primary: Instance;
  readonly replica: Instance;
  /** The units that were propagated, each as its commands. */
  readonly units: string[][] = [];
  readonly #clients = new Map<number, InProcessClient>();
  readonly #replay: InProcessClient;
  #database = 0;

  /** @param definitions the commands of both servers. */
  constructor(definitions: readonly Definition[], seed = 1) {
    this.primary = this.#createInstance(definitions, seed);
    this.replica = this.#createInstance(definitions, seed + 1);
    this.#replay = new InProcessClient(this.replica);
    this.primary.keyspace.changes.propagation.addSink(this);
  }

  /** Executes a command of one of the primary's clients. One that waits is left waiting. */
  execute(client: number, words: readonly Word[]): Buffer | null {
    let caller = this.#clients.get(client);
    if (caller === undefined) {
      caller = new InProcessClient(this.primary);
      this.#clients.set(client, caller);
    }
    const reply = caller.execute(words);
    if (!(reply instanceof Promise)) return reply;
    // It ends with the instance.
    reply.catch(() => {});
    return null;
  }

  /** Moves the time; with `isActive`, the primary's background work deletes what has expired. */
  advance(ms: number, isActive: boolean): void {
    this.clock.advance(ms);
    if (isActive) this.primary.cron.run();
  }

  write(unit: PropagatedUnit): void {
    const lines: string[] = [];
    for (let i = 0; i < unit.count; i++) {
      const [command] = splitCommands(unit.bytes.subarray(unit.start(i), unit.end(i)));
      lines.push(command!.join(' '));
      if ((unit.targetsOf(i) & this.targets) === 0) continue;
      this.#select(unit.databaseOf(i));
      const reply = this.#replay.execute(command!);
      if (reply instanceof Promise) throw new Error(`a propagated command waits: ${lines.at(-1)}`);
      if (reply[0] === 0x2d) throw new Error(`a propagated command failed: ${lines.at(-1)}\n${reply}`);
    }
    this.units.push(lines);
  }

  /** What both servers hold: the digest of everything, and a line for each key. */
  describe(): { primary: string[]; replica: string[] } {
    return { primary: describeKeyspace(this.primary.keyspace), replica: describeKeyspace(this.replica.keyspace) };
  }

  stop(): void {
    this.primary.stop();
    this.replica.stop();
  }

  /** A transaction may go on in another database, so SELECT is queued like the rest. */
  #select(database: number): void {
    if (database === this.#database) return;
    this.#database = database;
    this.#replay.execute(['SELECT', String(database)]);
  }

  #createInstance(definitions: readonly Definition[], seed: number): Instance {
    const config = new Configuration();
    config.assign({
      'hash-max-listpack-entries': 4,
      'set-max-intset-entries': 4,
      'zset-max-listpack-entries': 4,
      'list-max-listpack-size': 4,
    });
    return new Instance({
      config,
      clock: this.clock,
      random: new SeededRandom(seed),
      log: silentLog,
      definitions,
      shutdown: () => {},
    });
  }
}

/** The digest of a keyspace, and for each key its digest and its deadline, in order. O(data). */
export function describeKeyspace(keyspace: Keyspace): string[] {
  const lines = [digestDataset(keyspace).toString()];
  for (const database of keyspace.databases) {
    database.forEach((entry) => {
      lines.push(describeEntry(keyspace, database.index, entry));
    });
  }
  return lines.sort();
}

/** An entry's database, key, deadline and the digest of its value. O(size of the value). */
export function describeEntry(keyspace: Keyspace, databaseIndex: number, entry: number): string {
  const { entries } = keyspace.values;
  const start = entries.keyStartOf(entry);
  const key = entries.keyBytesOf(entry).toString('latin1', start, start + entries.keyLengthOf(entry));
  const digest = new Digest();
  digestValue(digest, keyspace, entry);
  return `${databaseIndex}:${key} until ${keyspace.databases[0]!.deadlineOf(entry)}: ${digest}`;
}
