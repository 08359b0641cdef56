import { defineCommand } from '../../../command/define-command';
import { ReplyError, SYNTAX_ERROR } from '../../../errors';

export const configSet = defineCommand({
  name: 'set',
  summary: 'Set configuration parameters to the given values',
  since: '2.0.0',
  group: 'server',
  complexity: 'O(N) when N is the number of configuration parameters provided',
  history: [['7.0.0', 'Added the ability to set multiple parameters in one call.']],
  arity: -4,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
  arguments: [
    {
      name: 'parameter_value',
      type: 'block',
      multiple: true,
      arguments: [
        { name: 'parameter', type: 'string' },
        { name: 'value', type: 'string' },
      ],
    },
  ],
  findSecrets(args, session) {
    const secrets: number[] = [];
    for (let i = 2; i + 1 < args.count; i += 2) {
      if (session.instance.config.isSensitive(args.toLatin1(i))) secrets.push(i + 1);
    }
    return secrets;
  },
  execute(args, reply, session) {
    if (args.count % 2 !== 0) throw SYNTAX_ERROR;
    const pairs: [name: string, value: string][] = [];
    for (let i = 2; i < args.count; i += 2) pairs.push([args.toLatin1(i), args.toLatin1(i + 1)]);
    const isLocal = session.transport?.isLocal ?? true;
    const error = session.instance.config.set(pairs, isLocal);
    if (error !== null) throw new ReplyError(`ERR ${error}`);
    reply.ok();
  },
});
