import { ReplyWriter } from '@nanoredis/resp-codec';

/** Where a command writes its reply; counts the errors among them, which INFO and COMMANDSTATS report. */
export class Reply extends ReplyWriter {
  /** Number of error replies written through this writer so far. */
  errors = 0;
  /** Learns the text of every error reply. */
  onError: (text: string) => void = () => {};

  /** Writes an error; its characters are bytes (latin1), because some texts quote what a client has sent. */
  override error(text: string): void {
    this.errors++;
    this.onError(text);
    this.errorLatin1(text);
  }
}

/** Takes replies that nobody wants (CLIENT REPLY OFF) and forgets them. */
export class DiscardingReply extends Reply {
  override overflow(needed: number): void {
    this.position = 0;
    if (needed > this.limit) super.overflow(needed);
  }
}
