import { defineCommand } from '../../../command/define-command';
import type { Invocation } from '../../../command/invocation';
import { ReplyError, SYNTAX_ERROR } from '../../../errors';
import type { Arguments } from '../../../request/arguments';
import type { Block } from '../../../session/session';

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
  findSecrets(args, config) {
    const secrets: number[] = [];
    for (let i = 2; i + 1 < args.count; i += 2) {
      if (config.isSensitive(args.toName(i))) secrets.push(i + 1);
    }
    return secrets;
  },
  execute(args, reply, call) {
    if (args.count % 2 !== 0) throw SYNTAX_ERROR;
    const pairs: [name: string, value: string][] = [];
    for (let i = 2; i < args.count; i += 2) pairs.push([args.toLatin1(i), args.toLatin1(i + 1)]);
    const isLocal = call.session.transport?.isLocal ?? true;
    const error = call.server.config.set(pairs, isLocal);
    if (error !== null) {
      if (waitsForListeners(args, call)) return;
      throw new ReplyError(`ERR ${error}`);
    }
    reply.ok();
  },
});

/**
 * If the change failed only because sockets have to be opened first, blocks the session until they are open, and then executes
 * the request again. Does not apply to calls that may not block, or calls of the in-process API.
 */
function waitsForListeners(args: Arguments, { session, server, mayBlock }: Invocation): boolean {
  const { listeners } = server;
  const addresses = listeners?.takeWanted() ?? null;
  if (listeners === null || addresses === null || !mayBlock || session.isInProcess) return false;
  const block: Block = { cancel() {} };
  session.blockBy(block, args);
  void listeners.stage(addresses).then(() => session.unblock(block));
  return true;
}
