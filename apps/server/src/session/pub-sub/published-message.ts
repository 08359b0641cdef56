import { SharedOutput } from '@nanoredis/event-loop';
import { ReplyWriter } from '@nanoredis/resp-codec';

/** The first word of a message: for subscribers of the channel, of a pattern that it matches, or of a shard channel. */
export type Announcement = 'message' | 'pmessage' | 'smessage';

/** The bytes in front of the pattern or the channel. */
const HEADS: Readonly<Record<Announcement, Buffer>> = {
  message: Buffer.from('>3\r\n$7\r\nmessage\r\n'),
  pmessage: Buffer.from('>4\r\n$8\r\npmessage\r\n'),
  smessage: Buffer.from('>3\r\n$8\r\nsmessage\r\n'),
};
const ARRAY = 0x2a;
const PUSH = 0x3e;

/** A buffer for frames is kept for the next message unless it has grown beyond this. */
const KEPT_FRAME_BYTES = 65536;

/**
 * A message that is being delivered. It is encoded once for all its subscribers, and only if one of them reads frames; the frames
 * of RESP2 and RESP3 differ in their first byte alone.
 */
export class PublishedMessage {
  #writer = new ReplyWriter();
  /** The frame in the output of sockets: that of RESP2, and that of RESP3. */
  readonly #outputs = [new SharedOutput(), new SharedOutput()] as const;
  #announcement: Announcement = 'message';
  #pattern: Buffer | null = null;
  #channel: Uint8Array = this.#writer.bytes;
  #channelStart = 0;
  #channelEnd = 0;
  #payload: Uint8Array = this.#writer.bytes;
  #payloadStart = 0;
  #payloadEnd = 0;

  /** Sets channel and payload, whose bytes the caller lends until `release`. O(1). */
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

  /** Sets the first word of the message; `pattern` belongs to `pmessage`. O(1). */
  announceAs(announcement: Announcement, pattern: Buffer | null = null): void {
    this.#announcement = announcement;
    this.#pattern = pattern;
    this.#forgetFrame();
  }

  /** Gives the lent bytes back. O(1). */
  release(): void {
    this.#forgetFrame();
    if (this.#writer.bytes.length > KEPT_FRAME_BYTES) this.#writer = new ReplyWriter();
    this.#channel = this.#writer.bytes;
    this.#payload = this.#writer.bytes;
    this.#pattern = null;
  }

  /** A copy of the message as a client of that protocol reads it. O(bytes). */
  copyFrame(protocol: 2 | 3): Buffer {
    return Buffer.from(this.#encoded(protocol).written());
  }

  /** The message as output that all sockets of a protocol share; valid until the next call. O(bytes) the first time, then O(1). */
  output(protocol: 2 | 3): SharedOutput {
    const writer = this.#encoded(protocol);
    const output = this.#outputs[protocol - 2]!;
    if (output.end === 0) output.assign(writer.bytes, 0, writer.position);
    return output;
  }

  /** A copy of the channel's name. O(length). */
  copyChannel(): Buffer {
    return Buffer.from(this.#channel.subarray(this.#channelStart, this.#channelEnd));
  }

  /** A copy of what was published. O(length). */
  copyPayload(): Buffer {
    return Buffer.from(this.#payload.subarray(this.#payloadStart, this.#payloadEnd));
  }

  #forgetFrame(): void {
    this.#writer.position = 0;
    for (const output of this.#outputs) output.release();
  }

  /** The writer, with the frame of a protocol. */
  #encoded(protocol: 2 | 3): ReplyWriter {
    const writer = this.#writer;
    if (writer.position === 0) this.#encode(writer);
    writer.bytes[0] = protocol === 2 ? ARRAY : PUSH;
    return writer;
  }

  #encode(writer: ReplyWriter): void {
    const head = HEADS[this.#announcement];
    const pattern = this.#pattern;
    writer.raw(head, 0, head.length);
    if (pattern !== null) writer.bulk(pattern, 0, pattern.length);
    writer.bulk(this.#channel, this.#channelStart, this.#channelEnd);
    writer.bulk(this.#payload, this.#payloadStart, this.#payloadEnd);
  }
}
