import type { Invocation } from '../../../command/invocation';
import type { Arguments } from '../../../request/arguments';
import type { Reply } from '../../../request/reply';

/** A subcommand of DEBUG, which is one command to COMMAND. */
export interface DebugSubcommand {
  /** In lower case. */
  readonly name: string;
  /** Fewest and most arguments, `DEBUG` and the name included. */
  readonly least: number;
  readonly most: number;
  /** Its lines of DEBUG HELP. */
  readonly help: readonly string[];
  /** @throws ReplyError before anything was changed or written. */
  execute(args: Arguments, reply: Reply, call: Invocation): void;
}
