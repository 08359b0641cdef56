import type { PublishedMessage } from './published-message';

/** Receives published messages. */
export interface Subscriber {
  /** Receives a message, which is valid only during the call. It may be called in the middle of a command, so it must execute none. */
  receive(message: PublishedMessage): void;
}
