import type { Connection } from '@nanoredis/event-loop';
import { Reply } from '../request/reply';

/** Bytes of output that a reply reserves first: enough for a batch of small replies. */
const RESERVED_BYTES = 4096;

/** Writes replies straight into the output that the event loop reserves for a connection; one serves all connections. */
export class SocketReply extends Reply {
  /** The connection whose requests run now, or null. */
  connection: Connection | null = null;
  /** Called each time a reply fills what was reserved, so that a single batch cannot pass the limits of output. */
  onCommit: (connection: Connection) => void = () => {};

  /** Begins to write to a connection. O(1). */
  attach(connection: Connection, protocol: 2 | 3): void {
    this.connection = connection;
    this.protocol = protocol;
    this.#reserve(connection, RESERVED_BYTES);
  }

  /** Hands over what was written; the event loop sends it at the end of the iteration. O(1). */
  detach(): void {
    this.connection!.commit(this.position);
    this.connection = null;
  }

  /** Gives up a connection after a failure: what was written since the last hand-over is dropped. O(1). */
  abandon(): void {
    this.connection = null;
  }

  override overflow(needed: number): void {
    const connection = this.connection!;
    this.handedOver++;
    connection.commit(this.position);
    this.onCommit(connection);
    this.#reserve(connection, Math.max(needed, RESERVED_BYTES));
  }

  #reserve(connection: Connection, bytes: number): void {
    connection.reserve(bytes);
    this.bytes = connection.roomBytes;
    this.position = connection.roomStart;
    this.limit = connection.roomEnd;
  }
}
