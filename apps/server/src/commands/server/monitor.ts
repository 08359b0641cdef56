import { defineCommand } from '../../command/define-command';
import { ReplyError } from '../../errors';

const NOT_IN_TRANSACTION = new ReplyError("ERR MONITOR isn't allowed for DENY BLOCKING client");

export const monitor = defineCommand({
  name: 'monitor',
  summary: 'Listen for all requests received by the server in real time',
  since: '1.0.0',
  group: 'server',
  arity: 1,
  flags: ['admin', 'noscript', 'loading', 'stale'],
  categories: [],
  execute(_args, reply, call) {
    if (!call.mayBlock) throw NOT_IN_TRANSACTION;
    // As in Redis, a client that is a monitor already gets no reply.
    if (call.session.isMonitor) return;
    const { monitors } = call.server;
    monitors.add(call.session);
    reply.ok();
  },
});
