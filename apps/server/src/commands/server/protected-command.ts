import type { CommandFacts } from '../../command/command-facts';
import { ReplyError } from '../../errors';

/**
 * The `refusal` of a command that only works where an option allows it: for every client (`yes`), for clients of this machine
 * (`local`) or for none (`no`). As redis-server's protected commands.
 */
export function refusalUnless(
  option: 'enable-debug-command' | 'enable-module-command',
  command: string,
): NonNullable<CommandFacts['refusal']> {
  const notAllowed = new ReplyError(
    `ERR ${command} command not allowed. If the ${option} option is set to "local", you can run it from a local ` +
      'connection, otherwise you need to set this option in the configuration file, and then restart the server.',
  );
  return ({ transport }, config) => {
    const allowed = config.values[option];
    const isAllowed = allowed === 'yes' || (allowed === 'local' && (transport?.isLocal ?? true));
    return isAllowed ? null : notAllowed;
  };
}
