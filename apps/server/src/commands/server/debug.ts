import { defineCommand } from '../../command/define-command';
import { replyHelp } from '../../request/help';
import { debugSubcommands } from './debug/subcommands';
import { refusalUnless } from './protected-command';
import { wrongSubcommandUse } from './wrong-subcommand-use';

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
  refusal: refusalUnless('enable-debug-command', 'DEBUG'),
  execute(args, reply, call) {
    const name = args.toName(1).toLowerCase();
    const subcommand = debugSubcommands.find((candidate) => candidate.name === name);
    if (name === 'help' && args.count === 2) return replyHelp(reply, helpLines());
    if (subcommand === undefined || args.count < subcommand.minArguments || args.count > subcommand.maxArguments) {
      throw wrongSubcommandUse(args, 'DEBUG');
    }
    subcommand.execute(args, reply, call);
  },
});

function helpLines(): string[] {
  return [
    'DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
    ...debugSubcommands.flatMap(({ help }) => help),
    'HELP',
    '    Prints this help.',
  ];
}
