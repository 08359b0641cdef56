import type { Arguments } from '../request/arguments';
import type { Reply } from '../request/reply';
import type { CommandFacts, ContainerFacts } from './command-facts';
import type { Invocation } from './invocation';

/** A command: its facts, and the function that does it. */
export interface CommandDefinition extends CommandFacts {
  /**
   * Parses every argument, looks up, checks types, and only then changes anything and writes exactly one reply. `args` and
   * `call` are valid only during the call.
   * @throws ReplyError before anything was changed or written.
   */
  execute(args: Arguments, reply: Reply, call: Invocation): void;
}

/** A command that is only a name for its subcommands: CONFIG, CLIENT, OBJECT. */
export interface ContainerDefinition extends ContainerFacts {
  readonly subcommands: readonly CommandDefinition[];
  /** What it does without a subcommand, where its arity allows that: COMMAND. */
  execute?(args: Arguments, reply: Reply, call: Invocation): void;
}

export type Definition = CommandDefinition | ContainerDefinition;

/** Defines a command; the value is the one place from which dispatch, COMMAND, ACL categories and the docs are made. */
export function defineCommand(definition: CommandDefinition): CommandDefinition {
  return definition;
}

/** Defines a command that consists of subcommands. */
export function defineContainer(definition: ContainerDefinition): ContainerDefinition {
  return definition;
}
