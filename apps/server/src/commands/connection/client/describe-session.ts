import type { Session } from '../../../session/session';

/** The line of CLIENT LIST for a session, without the line feed. */
export function describeSession(session: Session, nowMs: number): string {
  const { transport, transaction, subscriptions } = session;
  const seconds = (sinceMs: number): number => Math.floor((nowMs - sinceMs) / 1000);
  const queued = transport?.queuedBytes ?? 0;
  const buffered = transport?.bufferedBytes ?? 0;
  const queuedCommandBytes = transaction?.bytes ?? 0;
  const fields: readonly (readonly [name: string, value: string | number])[] = [
    ['id', session.id],
    ['addr', transport?.remoteAddress ?? ''],
    ['laddr', transport?.localAddress ?? ''],
    ['fd', transport?.fd ?? -1],
    ['name', session.name],
    ['age', seconds(session.createdAtMs)],
    ['idle', seconds(session.lastInteractionMs)],
    ['flags', flagsOf(session)],
    ['db', session.database.index],
    ['sub', subscriptions?.channels.size ?? 0],
    ['psub', subscriptions?.patterns.size ?? 0],
    ['ssub', subscriptions?.shardChannels.size ?? 0],
    ['multi', transaction === null ? -1 : transaction.queue.length],
    ['qbuf', buffered],
    ['qbuf-free', 0],
    ['argv-mem', 0],
    ['multi-mem', queuedCommandBytes],
    ['rbs', 0],
    ['rbp', 0],
    ['obl', 0],
    ['oll', queued > 0 ? 1 : 0],
    ['omem', queued],
    ['tot-mem', buffered + queued + queuedCommandBytes],
    ['events', queued > 0 ? 'rw' : 'r'],
    ['cmd', session.lastCommand?.name ?? 'NULL'],
    ['user', session.userName],
    ['redir', -1],
    ['resp', session.protocol],
  ];
  return fields.map(([name, value]) => `${name}=${value}`).join(' ');
}

/** The flags of a session, as letters in the order of Redis; `N` for none. */
function flagsOf(session: Session): string {
  let flags = '';
  if (session.isMonitor) flags += 'O';
  if (session.subscriptions !== null) flags += 'P';
  if (session.transaction !== null) flags += 'x';
  if (session.isBlocked) flags += 'b';
  if (session.watchDirty) flags += 'd';
  if (session.isClosing) flags += 'c';
  if (session.transport?.isUnix === true) flags += 'U';
  if (session.isNoEvict) flags += 'e';
  return flags === '' ? 'N' : flags;
}
