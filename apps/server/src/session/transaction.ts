import type { Command } from '../command/command';
import type { Arguments } from '../request/arguments';

/** A command that waits for EXEC, with arguments of its own. */
export interface QueuedCommand {
  readonly command: Command;
  readonly args: Arguments;
}

/** What a session has queued between MULTI and EXEC. */
export class Transaction {
  readonly queue: QueuedCommand[] = [];
  /** A command could not be queued, so that EXEC must refuse. */
  isAborted = false;
  /** All flags of the queued commands together. */
  flags = 0;
  /** Bytes of the queued arguments, for CLIENT LIST. */
  bytes = 0;

  enqueue(command: Command, args: Arguments): void {
    this.queue.push({ command, args });
    this.flags |= command.flags;
    this.bytes += args.argumentBytes();
  }
}
