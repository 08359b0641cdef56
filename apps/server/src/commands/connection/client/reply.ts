import { defineCommand } from '../../../command/define-command';
import { SYNTAX_ERROR } from '../../../errors';

export const clientReply = defineCommand({
  name: 'reply',
  summary: 'Instruct the server whether to reply to commands',
  since: '3.2.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: 3,
  flags: ['noscript', 'loading', 'stale'],
  categories: ['connection'],
  arguments: [
    {
      name: 'on_off_skip',
      type: 'oneof',
      arguments: [
        { name: 'on', type: 'pure-token', token: 'ON' },
        { name: 'off', type: 'pure-token', token: 'OFF' },
        { name: 'skip', type: 'pure-token', token: 'SKIP' },
      ],
    },
  ],
  execute(args, reply, call) {
    // Only ON has a reply: the other modes suppress their own.
    if (args.equals(2, 'on')) {
      call.session.setReplyMode('on');
      reply.ok();
    } else if (args.equals(2, 'off')) call.session.setReplyMode('off');
    else if (args.equals(2, 'skip')) {
      if (call.session.replyMode !== 'off') call.session.setReplyMode('skip-next');
    } else throw SYNTAX_ERROR;
  },
});
