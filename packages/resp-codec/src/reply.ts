/** A reply as `ReplyDecoder` hands it out; which forms occur depends on its options. */
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

/** An error that the server answered with. It is a value: the decoder returns it, also inside of arrays, and throws nothing. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';

  /** The first word of the message, such as `ERR` or `WRONGTYPE`. */
  get code(): string {
    const blank = this.message.indexOf(' ');
    return blank < 0 ? this.message : this.message.slice(0, blank);
  }
}

/** A verbatim string of RESP3: a text and its format (`txt`, `mkd`). */
export class VerbatimText {
  constructor(
    readonly format: string,
    readonly text: string,
  ) {}
}
