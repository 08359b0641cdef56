/** A reply as `ReplyDecoder` returns it. Which types occur depends on the decoder's options. */
export type Reply =
  | string
  | number
  | bigint
  | boolean
  | null
  | Buffer
  | ReplyError
  | VerbatimText
  | Reply[]
  | Set<Reply>
  | Map<Reply, Reply>
  | { [key: string]: Reply };

/** An error reply of the server. The decoder returns it as a value, also inside of arrays, and does not throw it. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';

  /** The first word of the message, such as `ERR` or `WRONGTYPE`. */
  get code(): string {
    const blank = this.message.indexOf(' ');
    return blank < 0 ? this.message : this.message.slice(0, blank);
  }
}

/** A verbatim string of RESP3: a text and its format, such as `txt` or `mkd`. */
export class VerbatimText {
  constructor(
    readonly format: string,
    readonly text: string,
  ) {}
}
