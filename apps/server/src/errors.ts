/**
 * The error texts that more than one command sends: those of redis-server 7.0.15, without the leading "-" and the trailing CR LF.
 */

/**
 * A command throws this to end with an error reply; the dispatcher sends the reply.
 *
 * It is deliberately not an Error: an error reply is not a bug, and a stack trace would cost microseconds on a path that clients
 * can trigger at will. An actual Error that leaves a command is a bug: the log gets its stack, and the client
 * `ERR internal error`.
 */
export class ReplyError {
  /** @param text the whole error line with its code, for example `ERR syntax error`. */
  constructor(readonly text: string) {}
}

export const WRONG_TYPE = new ReplyError('WRONGTYPE Operation against a key holding the wrong kind of value');
export const SYNTAX_ERROR = new ReplyError('ERR syntax error');
export const NOT_AN_INTEGER = new ReplyError('ERR value is not an integer or out of range');
export const NOT_A_FLOAT = new ReplyError('ERR value is not a valid float');
export const NO_SUCH_KEY = new ReplyError('ERR no such key');
export const MUST_BE_POSITIVE = new ReplyError('ERR value is out of range, must be positive');
export const DB_INDEX_OUT_OF_RANGE = new ReplyError('ERR DB index is out of range');
export const SAME_OBJECT = new ReplyError('ERR source and destination objects are the same');
export const OVERFLOW = new ReplyError('ERR increment or decrement would overflow');
export const NAN_OR_INFINITY = new ReplyError('ERR increment would produce NaN or Infinity');
export const STRING_TOO_LONG = new ReplyError('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
export const OUT_OF_MEMORY = new ReplyError("OOM command not allowed when used memory > 'maxmemory'.");
export const NO_AUTH = new ReplyError('NOAUTH Authentication required.');

/** The error of an expire time that is not positive or overflows, naming the command. */
export function invalidExpireTime(command: string): ReplyError {
  return new ReplyError(`ERR invalid expire time in '${command}' command`);
}

/** The error of a wrong number of arguments; subcommands are named `container|sub`. */
export function wrongArity(command: string): ReplyError {
  return new ReplyError(`ERR wrong number of arguments for '${command}' command`);
}

/** The error for arguments that match no form of a subcommand; `sub` as the client wrote it. */
export function wrongSubcommandForm(container: string, sub: string): ReplyError {
  return new ReplyError(
    `ERR unknown subcommand or wrong number of arguments for '${sub}'. Try ${container.toUpperCase()} HELP.`,
  );
}
