import type { Arguments } from '../request/arguments';
import type { Reply } from '../request/reply';
import type { Definition } from './define-command';
import type { Invocation } from './invocation';
import { RegisteredCommand } from './registered-command';

/** A definition at work in one server. */
export class Command extends RegisteredCommand {
  declare readonly container: Command | null;
  declare readonly subcommands: ReadonlyMap<string, Command> | null;
  readonly execute: (args: Arguments, reply: Reply, call: Invocation) => void;

  constructor(
    definition: Definition,
    container: Command | null,
    subcommands: ReadonlyMap<string, Command> | null = null,
  ) {
    super(definition, container, subcommands);
    this.execute = definition.execute ?? unreachable;
  }
}

function unreachable(): never {
  throw new Error('a container of subcommands cannot be executed itself');
}
