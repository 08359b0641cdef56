import { ReplyWriter } from '@nanoredis/resp-codec';

/** Who gets a propagated command, as bits. */
export enum Target {
  file = 1 << 0,
  replicas = 1 << 1,
  all = 3,
}

const MULTI = Buffer.from('*1\r\n$5\r\nMULTI\r\n', 'latin1');
const EXEC = Buffer.from('*1\r\n$4\r\nEXEC\r\n', 'latin1');

/** A buffer that has grown beyond this is not kept for the next unit. */
const MAX_KEPT_BYTES = 65536;

/** Words of `#facts` for one command, and which is which. */
const FACTS = 3;
enum Fact {
  start = 0,
  database = 1,
  targets = 2,
}

/**
 * The commands that one execution unit propagates, encoded as RESP arrays of bulk strings, one behind the other:
 *
 * ```
 * bytes   | MULTI | SET a 1 | SELECTed database 3: DEL b | … | EXEC |
 *         ^ start(0)  where there is more than one command    ^ end(count - 1)
 * ```
 *
 * One buffer serves one unit after the other. A sink reads it during `write`, and keeps nothing of it.
 */
export class PropagatedUnit {
  /** Number of commands, MULTI and EXEC included. */
  count = 0;
  readonly #writer = new ReplyWriter();
  /** Start, database and targets of each command; the first is MULTI, whether the unit begins with it or not. */
  #facts = new Int32Array(FACTS * 8);
  /** Index in `#facts` of the first command of the unit: 0 for MULTI, or 1. */
  #first = 1;

  constructor() {
    this.clear();
  }

  /** Where the commands are, from `start(0)` to `end(count - 1)`. */
  get bytes(): Buffer {
    return this.#writer.bytes;
  }

  /** Where command `i` starts in `bytes`. O(1). */
  start(i: number): number {
    return this.#fact(i, Fact.start);
  }

  /** Where command `i` ends in `bytes` (exclusive). O(1). */
  end(i: number): number {
    return i + 1 < this.count ? this.start(i + 1) : this.#writer.position;
  }

  /** Index of the database that has to be selected for command `i`. O(1). */
  databaseOf(i: number): number {
    return this.#fact(i, Fact.database);
  }

  /** Bits of Target of command `i`. O(1). */
  targetsOf(i: number): number {
    return this.#fact(i, Fact.targets);
  }

  /**
   * Adds a command of `argc` arguments, its name included. The caller writes exactly so many bulk strings to the writer,
   * before anything else is added. O(1).
   */
  add(argc: number, databaseIndex: number, targets: number): ReplyWriter {
    const writer = this.#writer;
    this.#note(writer.position, databaseIndex, targets);
    writer.array(argc);
    return writer;
  }

  /** Puts MULTI and EXEC around the commands, in the databases of the first and the last of them. O(1). */
  wrap(): void {
    const lastDatabase = this.databaseOf(this.count - 1);
    this.#facts[Fact.database] = this.databaseOf(0);
    this.#note(this.#writer.position, lastDatabase, Target.all);
    this.#writer.raw(EXEC, 0, EXEC.length);
    this.#first = 0;
    this.count++;
  }

  /** Makes it empty for the next unit. O(1). */
  clear(): void {
    const writer = this.#writer;
    if (writer.bytes.length > MAX_KEPT_BYTES) {
      writer.bytes = Buffer.allocUnsafeSlow(MAX_KEPT_BYTES);
      writer.limit = MAX_KEPT_BYTES;
    }
    writer.position = 0;
    writer.raw(MULTI, 0, MULTI.length);
    this.#facts[Fact.start] = 0;
    this.#facts[Fact.targets] = Target.all;
    this.#first = 1;
    this.count = 0;
  }

  #fact(i: number, fact: Fact): number {
    return this.#facts[(i + this.#first) * FACTS + fact]!;
  }

  #note(start: number, databaseIndex: number, targets: number): void {
    const at = (this.count + 1) * FACTS;
    if (at === this.#facts.length) {
      const grown = new Int32Array(2 * at);
      grown.set(this.#facts);
      this.#facts = grown;
    }
    this.#facts[at + Fact.start] = start;
    this.#facts[at + Fact.database] = databaseIndex;
    this.#facts[at + Fact.targets] = targets;
    this.count++;
  }
}
