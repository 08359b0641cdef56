import { ReplyWriter } from '@nanoredis/resp-codec';

/** Where a command writes its reply; counts the errors among them, which INFO and COMMANDSTATS report. */
export class Reply extends ReplyWriter {
  /** Number of error replies written through this writer so far. */
  errors = 0;
  /** How often written bytes were handed over, and can not be taken back. */
  handedOver = 0;
  /** Learns the text of every error reply. */
  onError: (text: string) => void = () => {};

  /** Writes an error; its characters are bytes (latin1), because some texts quote what a client has sent. */
  override error(text: string): void {
    this.errors++;
    this.onError(text);
    this.errorLatin1(text);
  }

  /**
   * Takes back what was written since `position` and `handedOver` had these values. Returns false, and does nothing, if
   * a part of it was handed over since. O(1).
   */
  rollBack(position: number, handedOver: number): boolean {
    if (this.handedOver !== handedOver) return false;
    this.position = position;
    return true;
  }
}

/** Takes replies that no client wants (CLIENT REPLY OFF) and forgets them. */
export class DiscardingReply extends Reply {
  override isDiscarding = true;

  override overflow(needed: number): void {
    this.position = 0;
    if (needed > this.limit) super.overflow(needed);
  }

  /** What was written is forgotten in any case. O(1). */
  override rollBack(): boolean {
    this.position = 0;
    return true;
  }
}
