import type { Command } from '../../../command/command';
import { defineCommand } from '../../../command/define-command';
import type { Arguments } from '../../../request/arguments';
import type { Session } from '../../../session/session';
import { writeCommandDocs } from './write-docs';

export const commandDocs = defineCommand({
  name: 'docs',
  summary: 'Get array of specific Redis command documentation',
  since: '7.0.0',
  group: 'server',
  complexity: 'O(N) where N is the number of commands to look up',
  arity: -2,
  flags: ['loading', 'stale'],
  categories: ['connection'],
  tips: ['nondeterministic_output_order'],
  arguments: [{ name: 'command-name', type: 'string', optional: true, multiple: true }],
  execute(args, reply, session) {
    const { registry } = session.instance;
    const named = args.count === 2 ? registry.commands : requestedCommands(args, session);
    reply.map(named.length);
    for (const command of named) {
      reply.bulkString(command.name);
      writeCommandDocs(reply, command);
    }
  },
});

/** The commands of the given names; what is no command is left out. */
function requestedCommands(args: Arguments, session: Session): Command[] {
  const found: Command[] = [];
  for (let i = 2; i < args.count; i++) {
    const command = session.instance.registry.findByName(args.toLatin1(i));
    if (command !== null) found.push(command);
  }
  return found;
}
