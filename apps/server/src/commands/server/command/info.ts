import { defineCommand } from '../../../command/define-command';
import { writeAllCommandInfo, writeCommandInfo } from './write-info';

export const commandInfo = defineCommand({
  name: 'info',
  summary: 'Get array of specific Redis command details, or all when no argument is given.',
  since: '2.8.13',
  group: 'server',
  complexity: 'O(N) where N is the number of commands to look up',
  history: [['7.0.0', 'Allowed to be called with no argument to get info on all commands.']],
  arity: -2,
  flags: ['loading', 'stale'],
  categories: ['connection'],
  tips: ['nondeterministic_output_order'],
  arguments: [{ name: 'command-name', type: 'string', optional: true, multiple: true }],
  execute(args, reply, call) {
    const { registry } = call.server;
    if (args.count === 2) return writeAllCommandInfo(reply, registry.commands);
    reply.array(args.count - 2);
    for (let i = 2; i < args.count; i++) {
      const command = registry.findByName(args.toName(i));
      if (command === null) reply.null();
      else writeCommandInfo(reply, command);
    }
  },
});
