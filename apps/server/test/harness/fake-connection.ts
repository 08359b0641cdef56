import { Connection, type SharedOutput } from '@nanoredis/event-loop';

/** Output is reserved here; one for all, because one reply is written at a time. */
const ROOM = Buffer.alloc(64 * 1024);

/** A connection without a socket: keeps what is written to it, and how it was closed. */
export class FakeConnection extends Connection {
  readonly fd = -1;
  queuedBytes = 0;
  isOpen = true;
  isReading = true;
  /** How it was closed by its owner, or null. */
  closed: 'ended' | 'destroyed' | null = null;
  /** All that was sent to the client. */
  output = '';

  constructor(remoteAddress = '127.0.0.1', isUnix = false) {
    super(1, { isUnix, remoteAddress, remotePort: 50_000, localAddress: '127.0.0.1', localPort: 6379 });
  }

  reserve(): void {
    this.spaceBytes = ROOM;
    this.spaceStart = 0;
    this.spaceEnd = ROOM.length;
  }

  commit(end: number): void {
    this.write(ROOM, this.spaceStart, end);
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    if (!this.isOpen) return;
    this.output += Buffer.from(bytes.subarray(start, end)).toString('latin1');
  }

  writeShared(output: SharedOutput): void {
    this.write(output.bytes, output.start, output.end);
  }

  pauseReading(): void {
    this.isReading = false;
  }

  resumeReading(): void {
    this.isReading = true;
  }

  end(): void {
    this.#close('ended');
  }

  destroy(): void {
    this.#close('destroyed');
  }

  setKeepAlive(): void {}

  /** Gives back what was sent since the last call. */
  take(): string {
    const { output } = this;
    this.output = '';
    return output;
  }

  #close(how: 'ended' | 'destroyed'): void {
    this.isOpen = false;
    this.closed = how;
  }
}
