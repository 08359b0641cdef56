import type { Arguments } from '../request/arguments';
import type { Clock } from '../runtime/clock';
import { QuotingWriter } from './quoting-writer';
import type { Session } from './session';

/** The sessions in MONITOR: they receive a line for each command that any session executes. */
export class Monitors {
  /** Called when the first monitor was added or the last one removed. */
  onChange: () => void = () => {};
  readonly #clock: Pick<Clock, 'nowMs'>;
  /** Called when a monitor was sent something, which may end it. */
  onSent: (monitor: Session) => void = () => {};
  readonly #sessions = new Set<Session>();
  /** The session whose command was fed last. */
  #source: Session | null = null;
  readonly #writer = new QuotingWriter((piece) => this.#send(piece));

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock;
  }

  get isActive(): boolean {
    return this.#sessions.size > 0;
  }

  /** O(1). */
  add(session: Session): void {
    session.isMonitor = true;
    this.#sessions.add(session);
    if (this.#sessions.size === 1) this.onChange();
  }

  /** Does nothing for a session that is no monitor. O(1). */
  remove(session: Session): void {
    if (!session.isMonitor) return;
    session.isMonitor = false;
    this.#sessions.delete(session);
    if (this.#sessions.size === 0) this.onChange();
  }

  /**
   * Sends a command to every monitor. As in redis-server, it has been executed already: its line shows the database that is selected
   * after it, and EXEC comes behind the commands of its transaction. O(monitors + argument bytes).
   * @param secrets positions of arguments that are shown as `(redacted)`.
   */
  feed(session: Session, args: Arguments, secrets: readonly number[]): void {
    this.#source = session;
    const microseconds = Math.floor(this.#clock.nowMs() * 1000);
    const seconds = Math.floor(microseconds / 1e6);
    const fraction = String(microseconds % 1e6).padStart(6, '0');
    const { transport } = session;
    const peer =
      transport === null ? 'lua' : transport.isUnix ? `unix:${transport.localAddress}` : transport.remoteAddress;
    const writer = this.#writer;
    writer.text(`+${seconds}.${fraction} [${session.database.index} ${peer}]`);
    for (let i = 0; i < args.count; i++) {
      writer.text(' ');
      if (secrets.includes(i)) writer.text('"(redacted)"');
      else writer.quoted(args.bytes, args.start(i), args.end(i));
    }
    writer.text('\r\n');
    writer.flush();
    this.#source = null;
  }

  /** CLIENT REPLY applies to the lines too. CLIENT REPLY SKIP skips what comes behind its own line, until the next request is done. */
  #isWanted(monitor: Session): boolean {
    const { replyMode } = monitor;
    return replyMode === 'on' || (replyMode === 'skip-next' && monitor === this.#source);
  }

  /** Sends a part of a line to every monitor that wants replies, until one is over its limit and ends. */
  #send(piece: Uint8Array): void {
    for (const monitor of this.#sessions) {
      if (monitor.isClosing || !this.#isWanted(monitor)) continue;
      monitor.transport?.write(piece);
      this.onSent(monitor);
    }
  }
}
