import { defineCommand } from '../../../command/define-command';
import { requireOnOff } from '../../../request/on-off';

export const clientNoEvict = defineCommand({
  name: 'no-evict',
  summary: 'Set client eviction mode for the current connection',
  since: '7.0.0',
  group: 'connection',
  complexity: 'O(1)',
  arity: 3,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: ['connection'],
  arguments: [
    {
      name: 'enabled',
      type: 'oneof',
      arguments: [
        { name: 'on', type: 'pure-token', token: 'ON' },
        { name: 'off', type: 'pure-token', token: 'OFF' },
      ],
    },
  ],
  execute(args, reply, call) {
    call.session.isNoEvict = requireOnOff(args, 2);
    reply.ok();
  },
});
