import type { Arguments } from '../../../request/arguments';
import type { Session } from '../../../session/session';

/**
 * The line of CLIENT LIST for a session, without the line feed. Its buffers are ours: all connections share one buffer for what they
 * receive, so `qbuf-free` has only what is allocated for an incomplete request, and there is no buffer of fixed size for replies.
 * @param running the request of the caller, which is at hand while it is described.
 */
export function describeSession(session: Session, nowMs: number, caller: Session, running: Arguments): string {
  const { transport, transaction, subscriptions } = session;
  const seconds = (sinceMs: number): number => Math.floor((nowMs - sinceMs) / 1000);
  const queued = transport?.queuedBytes ?? 0;
  const { queryBytes, argumentBytes } = requestMemoryOf(session, session === caller ? running : null);
  const free = transport?.freeRequestBytes ?? 0;
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
    ['qbuf', queryBytes],
    ['qbuf-free', free],
    ['argv-mem', argumentBytes],
    ['multi-mem', queuedCommandBytes],
    ['rbs', 0],
    ['rbp', 0],
    ['obl', 0],
    ['oll', queued > 0 ? 1 : 0],
    ['omem', queued],
    ['tot-mem', queryBytes + free + argumentBytes + queued + queuedCommandBytes],
    ['events', queued > 0 ? 'rw' : 'r'],
    ['cmd', session.lastCommand?.name ?? 'NULL'],
    ['user', session.userName],
    ['redir', -1],
    ['resp', session.protocol],
  ];
  return fields.map(([name, value]) => `${name}=${value}`).join(' ');
}

/** Bytes of the requests of a session: those that were received, and the arguments of the one that runs or has blocked it. */
function requestMemoryOf(
  { transport, postponed, block }: Session,
  running: Arguments | null,
): { queryBytes: number; argumentBytes: number } {
  let queryBytes = transport?.requestBytes ?? 0;
  for (const request of postponed) queryBytes += request.argumentBytes();
  if (running !== null) return { queryBytes, argumentBytes: running.argumentBytes() };
  if (block?.argumentBytes !== undefined) return { queryBytes, argumentBytes: block.argumentBytes };
  // A paused client has its request in front of the others.
  const paused = block === null ? 0 : (postponed[0]?.argumentBytes() ?? 0);
  return { queryBytes: queryBytes - paused, argumentBytes: paused };
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
