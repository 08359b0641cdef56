import type { PublishedMessage } from './published-message';

/** Who gets what is published. */
export interface Subscriber {
  /** Takes a message, which is valid only during the call. It may run in the middle of a command, so it must execute none. */
  receive(message: PublishedMessage): void;
}
