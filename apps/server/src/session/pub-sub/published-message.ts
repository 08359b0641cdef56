import { ReplyWriter } from '@nanoredis/resp-codec';

/** How a message is announced: by the channel, by a pattern that the channel matches, or by a shard channel. */
export type Announcement = 'message' | 'pmessage' | 'smessage';

const ARRAY = 0x2a;
const PUSH = 0x3e;

/** A buffer for frames that has grown beyond this is not kept. */
const KEPT_FRAME_BYTES = 65536;

/**
 * A message on its way to its subscribers. It is encoded once for all of them, and only if one of them reads frames: those of RESP2 and
 * RESP3 differ in their first byte alone.
 */
export class PublishedMessage {
  #writer = new ReplyWriter();
  /** What the writer has written: the frame, once it was asked for. */
  #frame = this.#writer.bytes;
  #announcement: Announcement = 'message';
  #pattern: Buffer | null = null;
  #channel: Uint8Array = this.#writer.bytes;
  #channelStart = 0;
  #channelEnd = 0;
  #payload: Uint8Array = this.#writer.bytes;
  #payloadStart = 0;
  #payloadEnd = 0;

  /** Becomes a message of bytes that the caller lends until `release`. O(1). */
  assign(
    channel: Uint8Array,
    channelStart: number,
    channelEnd: number,
    payload: Uint8Array,
    payloadStart: number,
    payloadEnd: number,
  ): void {
    this.#channel = channel;
    this.#channelStart = channelStart;
    this.#channelEnd = channelEnd;
    this.#payload = payload;
    this.#payloadStart = payloadStart;
    this.#payloadEnd = payloadEnd;
  }

  /** Is announced in this way from now on; `pattern` goes with `pmessage`. O(1). */
  announceAs(announcement: Announcement, pattern: Buffer | null = null): void {
    this.#announcement = announcement;
    this.#pattern = pattern;
    this.#writer.position = 0;
  }

  /** Gives the lent bytes back. O(1). */
  release(): void {
    if (this.#writer.bytes.length > KEPT_FRAME_BYTES) this.#writer = new ReplyWriter();
    this.#frame = this.#writer.bytes;
    this.#channel = this.#writer.bytes;
    this.#payload = this.#writer.bytes;
    this.#pattern = null;
  }

  /** The message as a client of that protocol reads it; valid until the next call. O(bytes) the first time, then O(1). */
  frame(protocol: 2 | 3): Buffer {
    const writer = this.#writer;
    if (writer.position === 0) {
      this.#encode(writer);
      this.#frame = writer.written();
    }
    this.#frame[0] = protocol === 2 ? ARRAY : PUSH;
    return this.#frame;
  }

  /** A copy of the channel's name. O(length). */
  copyChannel(): Buffer {
    return Buffer.from(this.#channel.subarray(this.#channelStart, this.#channelEnd));
  }

  /** A copy of what was published. O(length). */
  copyPayload(): Buffer {
    return Buffer.from(this.#payload.subarray(this.#payloadStart, this.#payloadEnd));
  }

  #encode(writer: ReplyWriter): void {
    const pattern = this.#pattern;
    writer.push(pattern === null ? 3 : 4);
    writer.bulkString(this.#announcement);
    if (pattern !== null) writer.bulk(pattern, 0, pattern.length);
    writer.bulk(this.#channel, this.#channelStart, this.#channelEnd);
    writer.bulk(this.#payload, this.#payloadStart, this.#payloadEnd);
  }
}
