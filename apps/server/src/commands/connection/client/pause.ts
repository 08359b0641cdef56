import { defineCommand } from '../../../command/define-command';
import { ReplyError, wrongSubcommandForm } from '../../../errors';
import type { Arguments } from '../../../request/arguments';
import type { PauseMode } from '../../../session/pause';

const NOT_A_TIMEOUT = new ReplyError('ERR timeout is not an integer or out of range');
const NEGATIVE_TIMEOUT = new ReplyError('ERR timeout is negative');
const BAD_MODE = new ReplyError('ERR CLIENT PAUSE mode must be WRITE or ALL');

export const clientPause = defineCommand({
  name: 'pause',
  summary: 'Stop processing commands from clients for some time',
  since: '2.9.50',
  group: 'connection',
  complexity: 'O(1)',
  history: [['6.2.0', '`CLIENT PAUSE WRITE` mode added along with the `mode` option.']],
  arity: -3,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: ['connection'],
  arguments: [
    { name: 'timeout', type: 'integer' },
    {
      name: 'mode',
      type: 'oneof',
      since: '6.2.0',
      optional: true,
      arguments: [
        { name: 'write', type: 'pure-token', token: 'WRITE' },
        { name: 'all', type: 'pure-token', token: 'ALL' },
      ],
    },
  ],
  execute(args, reply, call) {
    if (args.count > 4) throw wrongSubcommandForm('client', args.toName(1));
    const mode = args.count === 4 ? requireMode(args, 3) : 'all';
    const milliseconds = args.requireInteger(2, NOT_A_TIMEOUT);
    if (milliseconds < 0) throw NEGATIVE_TIMEOUT;
    call.server.pause.begin(mode, milliseconds);
    reply.ok();
  },
});

function requireMode(args: Arguments, index: number): PauseMode {
  if (args.equals(index, 'write')) return 'write';
  if (args.equals(index, 'all')) return 'all';
  throw BAD_MODE;
}
