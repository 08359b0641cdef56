import { defineCommand } from '../../command/define-command';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import { authenticate } from './authenticate';

const NO_PASSWORD_CONFIGURED = new ReplyError(
  'ERR AUTH <password> called without any password configured for the default user. ' +
    'Are you sure your configuration is correct?',
);

export const auth = defineCommand({
  name: 'auth',
  summary: 'Authenticate to the server',
  since: '1.0.0',
  group: 'connection',
  complexity: 'O(N) where N is the number of passwords defined for the user',
  history: [['6.0.0', 'Added ACL style (username and password).']],
  arity: -2,
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
  categories: ['connection'],
  arguments: [
    { name: 'username', type: 'string', since: '6.0.0', optional: true },
    { name: 'password', type: 'string' },
  ],
  findSecrets(args) {
    return args.count === 2 ? [1] : [1, 2];
  },
  execute(args, reply, call) {
    const { count } = args;
    if (count > 3) throw SYNTAX_ERROR;
    if (count === 2 && !call.server.credentials.isRequired) throw NO_PASSWORD_CONFIGURED;
    authenticate(call, count === 2 ? 'default' : args.toName(1), args.copyArgument(count - 1));
    reply.ok();
  },
});
