import { defineContainer } from '../../../command/define-command';
import { commandCount } from './count';
import { commandDocs } from './docs';
import { commandGetkeys } from './getkeys';
import { commandGetkeysandflags } from './getkeysandflags';
import { commandHelp } from './help';
import { commandInfo } from './info';
import { commandList } from './list';
import { writeAllCommandInfo } from './write-info';

export const command = defineContainer({
  name: 'command',
  summary: 'Get array of Redis command details',
  since: '2.8.13',
  group: 'server',
  complexity: 'O(N) where N is the total number of Redis commands',
  arity: -1,
  flags: ['loading', 'stale'],
  categories: ['connection'],
  tips: ['nondeterministic_output_order'],
  subcommands: [
    commandHelp,
    commandInfo,
    commandCount,
    commandDocs,
    commandList,
    commandGetkeys,
    commandGetkeysandflags,
  ],
  execute(_args, reply, call) {
    writeAllCommandInfo(reply, call.server.registry.commands);
  },
});
