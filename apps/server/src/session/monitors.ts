import type { Command } from '../command/command';
import type { Arguments } from '../request/arguments';
import { quote } from '../values/quote';
import type { Session } from './session';

/** The sessions that watch every command go by (MONITOR). */
export class Monitors {
  readonly #sessions = new Set<Session>();

  get isActive(): boolean {
    return this.#sessions.size > 0;
  }

  add(session: Session): void {
    session.isMonitor = true;
    this.#sessions.add(session);
  }

  remove(session: Session): void {
    session.isMonitor = false;
    this.#sessions.delete(session);
  }

  /** Tells every monitor of a command that is about to run. O(monitors + argument bytes). */
  feed(session: Session, command: Command, args: Arguments): void {
    if (command.has('skip_monitor') || command.has('admin')) return;
    const microseconds = Math.floor(session.instance.clock.nowMs() * 1000);
    const seconds = Math.floor(microseconds / 1e6);
    const fraction = String(microseconds % 1e6).padStart(6, '0');
    const { transport } = session;
    const peer =
      transport === null ? 'lua' : transport.isUnix ? `unix:${transport.localAddress}` : transport.remoteAddress;
    let line = `+${seconds}.${fraction} [${session.database.index} ${peer}]`;
    const secrets = command.executable?.findSecrets?.(args, session.instance.config) ?? [];
    for (let i = 0; i < args.count; i++) line += secrets.includes(i) ? ' "(redacted)"' : ` ${quote(args.toLatin1(i))}`;
    const bytes = Buffer.from(`${line}\r\n`, 'latin1');
    for (const monitor of this.#sessions) if (!monitor.isClosing) monitor.transport?.write(bytes);
  }
}
