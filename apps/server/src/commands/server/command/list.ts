import { categoriesOf } from '../../../command/acl-categories';
import { defineCommand } from '../../../command/define-command';
import type { RegisteredCommand } from '../../../command/registered-command';
import { SYNTAX_ERROR } from '../../../errors';
import type { Arguments } from '../../../request/arguments';
import { Glob } from '../../../values/glob';

export const commandList = defineCommand({
  name: 'list',
  summary: 'Get an array of Redis command names',
  since: '7.0.0',
  group: 'server',
  complexity: 'O(N) where N is the total number of Redis commands',
  arity: -2,
  flags: ['loading', 'stale'],
  categories: ['connection'],
  tips: ['nondeterministic_output_order'],
  arguments: [
    {
      name: 'filterby',
      type: 'oneof',
      token: 'FILTERBY',
      optional: true,
      arguments: [
        { name: 'module-name', type: 'string', token: 'MODULE' },
        { name: 'category', type: 'string', token: 'ACLCAT' },
        { name: 'pattern', type: 'pattern', token: 'PATTERN' },
      ],
    },
  ],
  execute(args, reply, call) {
    const isWanted = requireFilter(args);
    const names: string[] = [];
    call.server.registry.forEach((command) => {
      if (isWanted(command)) names.push(command.name);
    });
    reply.array(names.length);
    for (const name of names) reply.bulkString(name);
  },
});

/**
 * The filter that the arguments specify.
 * @throws ReplyError when they are invalid.
 */
function requireFilter(args: Arguments): (command: RegisteredCommand) => boolean {
  if (args.count === 2) return () => true;
  if (args.count !== 5 || !args.equals(2, 'filterby')) throw SYNTAX_ERROR;
  if (args.equals(3, 'module')) return () => false;
  if (args.equals(3, 'aclcat')) {
    const category = args.toName(4).toLowerCase();
    return ({ facts }) => categoriesOf(facts).some((own) => own === category);
  }
  if (!args.equals(3, 'pattern')) throw SYNTAX_ERROR;
  const pattern = new Glob(args.bytes, args.start(4), args.end(4), true);
  return ({ name }) => {
    const bytes = Buffer.from(name);
    return pattern.matches(bytes, 0, bytes.length);
  };
}
