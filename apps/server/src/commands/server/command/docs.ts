import { defineCommand } from '../../../command/define-command';
import type { Invocation } from '../../../command/invocation';
import type { RegisteredCommand } from '../../../command/registered-command';
import type { Arguments } from '../../../request/arguments';
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
  execute(args, reply, call) {
    const { registry } = call.server;
    const named = args.count === 2 ? registry.commands : requestedCommands(args, call);
    reply.map(named.length);
    for (const command of named) {
      reply.bulkString(command.name);
      writeCommandDocs(reply, command);
    }
  },
});

/** The commands with the given names; unknown names are omitted. */
function requestedCommands(args: Arguments, call: Invocation): RegisteredCommand[] {
  const found: RegisteredCommand[] = [];
  for (let i = 2; i < args.count; i++) {
    const command = call.server.registry.findByName(args.toName(i));
    if (command !== null) found.push(command);
  }
  return found;
}
