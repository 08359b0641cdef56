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
  execute(_args, reply, session) {
    if (session.transaction !== null) throw NOT_IN_TRANSACTION;
    // As Redis: who monitors already gets no second answer.
    if (session.isMonitor) return;
    const { monitors } = session.instance;
    monitors.add(session);
    session.instance.updateGate();
    reply.ok();
  },
});
