import type { Connection } from '@nanoredis/event-loop';
import { Reply } from '../request/reply';

/** Bytes of output that a reply reserves first: enough for a batch of small replies. */
const RESERVED_BYTES = 4096;

/** Writes replies straight into the output that the event loop reserves for a connection; one serves all connections. */
export class SocketReply extends Reply {
  /** The connection whose requests run now, or null. */
  connection: Connection | null = null;
  /**
   * Called each time a reply fills what was reserved. Returns whether the client gets more: not if its output has passed a
   * limit, and then the rest is discarded, so that no command, however long its reply, takes more memory than that.
   */
  onCommit: (connection: Connection) => boolean = () => true;
  #nowhere: Buffer = Buffer.alloc(0);

  /** Begins to write to a connection. O(1). */
  attach(connection: Connection, protocol: 2 | 3): void {
    this.connection = connection;
    this.protocol = protocol;
    this.isDiscarding = false;
    this.#reserve(connection, RESERVED_BYTES);
  }

  /** Hands over what was written; the event loop sends it at the end of the iteration. O(1). */
  detach(): void {
    if (!this.isDiscarding) this.connection!.commit(this.position);
    this.connection = null;
  }

  /** Gives up a connection after a failure: what was written since the last hand-over is dropped. O(1). */
  abandon(): void {
    this.connection = null;
  }

  override overflow(needed: number): void {
    const connection = this.connection!;
    this.handedOver++;
    if (!this.isDiscarding) {
      connection.commit(this.position);
      this.isDiscarding = !this.onCommit(connection);
    }
    if (this.isDiscarding) this.#writeToNowhere(Math.max(needed, RESERVED_BYTES));
    else this.#reserve(connection, Math.max(needed, RESERVED_BYTES));
  }

  /** Takes the next bytes, which are written over by those after them. */
  #writeToNowhere(bytes: number): void {
    if (this.#nowhere.length < bytes) this.#nowhere = Buffer.allocUnsafeSlow(bytes);
    this.bytes = this.#nowhere;
    this.position = 0;
    this.limit = bytes;
  }

  #reserve(connection: Connection, bytes: number): void {
    connection.reserve(bytes);
    this.bytes = connection.spaceBytes;
    this.position = connection.spaceStart;
    this.limit = connection.spaceEnd;
  }
}
