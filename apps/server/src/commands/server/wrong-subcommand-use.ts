import { ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';

/** The error for an unknown subcommand or a wrong number of arguments. */
export function wrongSubcommandUse(args: Arguments, container: string): ReplyError {
  const given = args.toCText(1, 128);
  return new ReplyError(`ERR unknown subcommand or wrong number of arguments for '${given}'. Try ${container} HELP.`);
}
