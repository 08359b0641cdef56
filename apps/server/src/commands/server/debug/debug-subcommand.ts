import type { Invocation } from '../../../command/invocation';
import type { Arguments } from '../../../request/arguments';
import type { Reply } from '../../../request/reply';

/** A subcommand of DEBUG. For COMMAND, DEBUG is one command without subcommands. */
export interface DebugSubcommand {
  /** Name in lower case. */
  readonly name: string;
  /** Minimum and maximum number of arguments, including `DEBUG` and the name. */
  readonly minArguments: number;
  readonly maxArguments: number;
  /** Its lines of DEBUG HELP. */
  readonly help: readonly string[];
  /**
   * Executes the subcommand.
   * @throws ReplyError when it fails; nothing has been changed or written then.
   */
  execute(args: Arguments, reply: Reply, call: Invocation): void;
}
