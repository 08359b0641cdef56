import { defineCommand } from '../../command/define-command';
import { ReplyError } from '../../errors';
import { REDIS_VERSION } from '../../runtime/version';
import { authenticate } from './authenticate';
import { requireClientName } from './client-name';

const NO_VERSION = new ReplyError('ERR Protocol version is not an integer or out of range');
const UNSUPPORTED_VERSION = new ReplyError('NOPROTO unsupported protocol version');
const NOT_AUTHENTICATED = new ReplyError(
  'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> ' +
    'option can be used to authenticate the client and select the RESP protocol version at the same time',
);

export const hello = defineCommand({
  name: 'hello',
  summary: 'Handshake with Redis',
  since: '6.0.0',
  group: 'connection',
  complexity: 'O(1)',
  history: [
    [
      '6.2.0',
      "`protover` made optional; when called without arguments the command reports the current connection's context.",
    ],
  ],
  arity: -1,
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
  categories: ['connection'],
  arguments: [
    {
      name: 'arguments',
      type: 'block',
      optional: true,
      arguments: [
        { name: 'protover', type: 'integer' },
        {
          name: 'username_password',
          type: 'block',
          token: 'AUTH',
          optional: true,
          arguments: [
            { name: 'username', type: 'string' },
            { name: 'password', type: 'string' },
          ],
        },
        { name: 'clientname', type: 'string', token: 'SETNAME', optional: true },
      ],
    },
  ],
  findSecrets(args) {
    for (let i = 2; i < args.count - 2; i++) {
      if (args.equals(i, 'auth')) return [i + 1, i + 2];
      if (args.equals(i, 'setname')) i++;
    }
    return [];
  },
  execute(args, reply, call) {
    let protocol: 2 | 3 = call.session.protocol;
    if (args.count > 1) {
      const version = args.requireInteger(1, NO_VERSION);
      if (version !== 2 && version !== 3) throw UNSUPPORTED_VERSION;
      protocol = version;
    }
    // As in Redis, a valid option remains in effect if a later one is invalid.
    for (let i = 2; i < args.count; i++) {
      const rest = args.count - 1 - i;
      if (args.equals(i, 'auth') && rest >= 2) {
        authenticate(call, args.toName(i + 1), args.copyArgument(i + 2));
        i += 2;
      } else if (args.equals(i, 'setname') && rest >= 1) {
        call.session.name = requireClientName(args, ++i);
      } else {
        throw new ReplyError(`ERR Syntax error in HELLO option '${args.toCText(i)}'`);
      }
    }
    if (!call.session.isAuthenticated) throw NOT_AUTHENTICATED;
    call.session.protocol = protocol;
    reply.protocol = protocol;
    reply.map(7);
    reply.bulkString('server');
    reply.bulkString('redis');
    reply.bulkString('version');
    reply.bulkString(REDIS_VERSION);
    reply.bulkString('proto');
    reply.integer(protocol);
    reply.bulkString('id');
    reply.integer(call.session.id);
    reply.bulkString('mode');
    reply.bulkString('standalone');
    reply.bulkString('role');
    reply.bulkString('master');
    reply.bulkString('modules');
    reply.emptyArray();
  },
});
