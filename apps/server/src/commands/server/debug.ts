import { defineCommand } from '../../command/define-command';
import type { ServerServices } from '../../command/server-services';
import { ReplyError } from '../../errors';
import { replyHelp } from '../../request/help';
import type { Session } from '../../session/session';
import { debugSubcommands } from './debug/subcommands';
import { wrongSubcommandUse } from './wrong-subcommand-use';

const NOT_ALLOWED = new ReplyError(
  'ERR DEBUG command not allowed. If the enable-debug-command option is set to "local", you can run it from a local ' +
    'connection, otherwise you need to set this option in the configuration file, and then restart the server.',
);

export const debug = defineCommand({
  name: 'debug',
  summary: 'A container for debugging commands',
  since: '1.0.0',
  group: 'server',
  complexity: 'Depends on subcommand.',
  docFlags: ['syscmd'],
  arity: -2,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  refusal,
  execute(args, reply, call) {
    const refused = refusal(call.session, call.server);
    if (refused !== null) throw refused;
    const name = args.toLatin1(1).toLowerCase();
    const subcommand = debugSubcommands.find((candidate) => candidate.name === name);
    if (name === 'help' && args.count === 2) return replyHelp(reply, helpLines());
    if (subcommand === undefined || args.count < subcommand.minArguments || args.count > subcommand.maxArguments) {
      throw wrongSubcommandUse(args, 'DEBUG');
    }
    subcommand.execute(args, reply, call);
  },
});

/** The error if `enable-debug-command` does not allow this client, else null. */
function refusal({ transport }: Session, { config }: ServerServices): ReplyError | null {
  const allowed = config.values['enable-debug-command'];
  const isAllowed = allowed === 'yes' || (allowed === 'local' && (transport?.isLocal ?? true));
  return isAllowed ? null : NOT_ALLOWED;
}

function helpLines(): string[] {
  return [
    'DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
    ...debugSubcommands.flatMap(({ help }) => help),
    'HELP',
    '    Prints this help.',
  ];
}
