import type { Arguments } from '../request/arguments';

/** What a session has queued between MULTI and EXEC. */
export class Transaction {
  /** The queued requests, in order. */
  readonly queue: Arguments[] = [];
  /** A command could not be queued, so that EXEC must refuse. */
  isAborted = false;
  /** All flags of the queued commands together. */
  flags = 0;
  /** Bytes of the queued arguments, for CLIENT LIST. */
  bytes = 0;

  /** Adds a request, which the caller gives away, to a command with these flags. */
  enqueue(args: Arguments, flags: number): void {
    this.queue.push(args);
    this.flags |= flags;
    this.bytes += args.argumentBytes();
  }
}
