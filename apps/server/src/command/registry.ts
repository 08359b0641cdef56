import type { Arguments } from '../request/arguments';
import { Command } from './command';
import type { CommandCatalog } from './command-catalog';
import type { Definition } from './define-command';

const SLOTS = 2048;

/** Maximum length of a command's name, in bytes. */
const MAX_NAME_BYTES = 32;

/**
 * All commands of one server, found by the bytes of their name in any case. An open-addressing table over the names'
 * bytes: every request is looked up here, so no string is made.
 */
export class CommandRegistry implements CommandCatalog {
  /** Every command, in the order of definition; subcommands are reached through their container. */
  readonly commands: readonly Command[];
  readonly #slots: (Command | null)[] = new Array<Command | null>(SLOTS).fill(null);
  /** The name that was found last, as it was written: most requests of a pipeline name the same command. */
  readonly #lastName = new Uint8Array(MAX_NAME_BYTES);
  #lastLength = 0;
  #lastCommand: Command | null = null;
  readonly #names: (Uint8Array | null)[] = new Array<Uint8Array | null>(SLOTS).fill(null);

  /** @throws Error if two definitions have the same name. */
  constructor(definitions: readonly Definition[]) {
    this.commands = definitions.map(createCommand);
    for (const command of this.commands) {
      const name = new TextEncoder().encode(command.name);
      let slot = hashName(name, 0, name.length);
      for (; this.#slots[slot] !== null; slot = (slot + 1) & (SLOTS - 1)) {
        if (this.#slots[slot]?.name === command.name) throw new Error(`command '${command.name}' is defined twice`);
      }
      this.#slots[slot] = command;
      this.#names[slot] = name;
    }
  }

  /**
   * The command that the arguments from `first` on name, a subcommand where its container is called with one; null if
   * there is none. A container called without a subcommand answers itself. O(name length).
   */
  find(args: Arguments, first = 0): Command | null {
    const command = this.#findByBytes(args.bytes, args.start(first), args.end(first));
    if (command === null || command.subcommands === null || args.count === first + 1) return command;
    return command.subcommands.get(args.toName(first + 1).toLowerCase()) ?? null;
  }

  /** The container of subcommands that the first argument names, or null. O(name length). */
  findContainer(args: Arguments): Command | null {
    const command = this.#findByBytes(args.bytes, args.start(0), args.end(0));
    return command?.subcommands == null ? null : command;
  }

  /** The command with this name in any case, `container|sub` for a subcommand; null if there is none. */
  findByName(name: string): Command | null {
    const [container = '', sub, ...rest] = name.toLowerCase().split('|');
    const bytes = Buffer.from(container, 'latin1');
    const command = this.#findByBytes(bytes, 0, bytes.length);
    if (sub === undefined || command === null) return command;
    return rest.length > 0 ? null : (command.subcommands?.get(sub) ?? null);
  }

  /** Visits every command and subcommand. */
  forEach(visit: (command: Command) => void): void {
    for (const command of this.commands) {
      visit(command);
      command.subcommands?.forEach(visit);
    }
  }

  /** Number of calls of all commands since the start or the last `resetStatistics`. O(commands). */
  countCalls(): number {
    let calls = 0;
    this.forEach((command) => {
      calls += command.calls;
    });
    return calls;
  }

  /** Resets the statistics of every command. O(commands). */
  resetStatistics(): void {
    this.forEach((command) => {
      command.resetStatistics();
    });
  }

  #findByBytes(bytes: Uint8Array, start: number, end: number): Command | null {
    if (this.#isLastName(bytes, start, end)) return this.#lastCommand;
    const command = this.#findInTable(bytes, start, end);
    if (command === null) return null;
    this.#lastCommand = command;
    this.#lastLength = end - start;
    for (let i = start; i < end; i++) this.#lastName[i - start] = bytes[i]!;
    return command;
  }

  #isLastName(bytes: Uint8Array, start: number, end: number): boolean {
    const length = (end - start) | 0;
    if (length !== this.#lastLength) return false;
    const name = this.#lastName;
    for (let i = 0; i < length; i++) if (name[i] !== bytes[start + i]) return false;
    return true;
  }

  #findInTable(bytes: Uint8Array, start: number, end: number): Command | null {
    let slot = hashName(bytes, start, end);
    for (let command = this.#slots[slot]!; command !== null; command = this.#slots[slot]!) {
      if (isSameName(this.#names[slot]!, bytes, start, end)) return command;
      slot = (slot + 1) & (SLOTS - 1);
    }
    return null;
  }
}

function createCommand(definition: Definition): Command {
  if (!('subcommands' in definition)) return new Command(definition, null);
  const subcommands = new Map<string, Command>();
  const container = new Command(definition, null, subcommands);
  for (const sub of definition.subcommands) subcommands.set(sub.name, new Command(sub, container));
  return container;
}

/** Folds case by setting bit 5, which also mixes up a few signs; isSameName tells them apart. */
function hashName(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i]! | 0x20)) | 0;
  return (hash ^ (hash >>> 11)) & (SLOTS - 1);
}

function isSameName(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) {
    let byte = bytes[start + i]!;
    if (byte >= 0x41 && byte <= 0x5a) byte |= 0x20;
    if (byte !== name[i]) return false;
  }
  return true;
}
