import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PropagatedUnit, Target } from '../../src/keyspace/propagated-unit';
import type { PropagationSink } from '../../src/keyspace/propagation';

/** Collects what a server of ours propagates for the append-only file, one line for a command: `3: SET a 1`. */
export class PropagatedLines implements PropagationSink {
  readonly targets: number;
  #lines: string[] = [];

  constructor(targets: number = Target.file) {
    this.targets = targets;
  }

  write(unit: PropagatedUnit): void {
    for (let i = 0; i < unit.count; i++) {
      if ((unit.targetsOf(i) & this.targets) === 0) continue;
      const [command] = splitCommands(unit.bytes.subarray(unit.start(i), unit.end(i)));
      this.#lines.push(describeCommand(unit.databaseOf(i), command!));
    }
  }

  /** What has come since the last call. */
  take(): string[] {
    return this.#lines.splice(0);
  }
}

/** Reads what redis-server appends to its append-only file, in the same form. */
export class AppendOnlyFile {
  readonly #directory: string;
  #read = 0;
  #database = 0;

  /** @param directory that of the server, which runs with `appendonly yes`. */
  constructor(directory: string) {
    this.#directory = join(directory, 'appendonlydir');
  }

  /** What was appended since the last call. */
  take(): string[] {
    const files = readdirSync(this.#directory, { withFileTypes: true });
    const { name } = files.find((file: Dirent) => file.name.endsWith('.incr.aof'))!;
    const bytes = readFileSync(join(this.#directory, name)).subarray(this.#read);
    this.#read += bytes.length;
    const lines: string[] = [];
    for (const command of splitCommands(bytes)) {
      if (command[0]!.toString() === 'SELECT') this.#database = Number(command[1]);
      else lines.push(describeCommand(this.#database, command));
    }
    return lines;
  }
}

/** The commands in a run of RESP arrays of bulk strings. */
export function splitCommands(bytes: Buffer): Buffer[][] {
  const commands: Buffer[][] = [];
  let at = 0;
  const line = (): string => {
    const end = bytes.indexOf('\r\n', at);
    const text = bytes.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  while (at < bytes.length) {
    const count = Number(line().slice(1));
    const command: Buffer[] = [];
    for (let i = 0; i < count; i++) {
      const length = Number(line().slice(1));
      command.push(bytes.subarray(at, at + length));
      at += length + 2;
    }
    commands.push(command);
  }
  return commands;
}

function describeCommand(database: number, command: readonly Buffer[]): string {
  return `${database}: ${command.map((word) => JSON.stringify(word.toString('latin1')).slice(1, -1)).join(' ')}`;
}
