import type { SharedOutput } from './shared-output';

/** The addresses of a connection. For a unix socket, the remote address is empty and the local address is the path. */
export interface ConnectionEndpoints {
  readonly isUnix: boolean;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
}

/** `spaceBytes` before the first `reserve`. */
const NO_BYTES = Buffer.alloc(0);

/**
 * An accepted connection. Output is written into space of the loop (`reserve`, then `commit`) and is sent in order at the end of the
 * iteration. After `end` or `destroy`, output is dropped silently, so that callers need not check.
 */
export abstract class Connection {
  /** A number from 1 that is unique in the loop. */
  readonly id: number;
  readonly isUnix: boolean;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
  /** For the owner; the loop does not use it. */
  context: unknown;
  /** The buffer that contains the space of the last `reserve`. */
  spaceBytes: Buffer;
  /** The start of the space. */
  spaceStart: number;
  /** The end of the space (exclusive), at least `spaceStart + min`. */
  spaceEnd: number;

  /** Called by a loop. */
  constructor(id: number, endpoints: ConnectionEndpoints) {
    this.id = id;
    this.isUnix = endpoints.isUnix;
    this.remoteAddress = endpoints.remoteAddress;
    this.remotePort = endpoints.remotePort;
    this.localAddress = endpoints.localAddress;
    this.localPort = endpoints.localPort;
    this.context = null;
    this.spaceBytes = NO_BYTES;
    this.spaceStart = 0;
    this.spaceEnd = 0;
  }

  /** The descriptor of the socket; -1 after it was closed, and on libuv. */
  abstract readonly fd: number;
  /** Bytes that are committed and not yet passed to the kernel. */
  abstract readonly queuedBytes: number;
  /** Whether neither `end` nor `destroy` was called and the peer has not closed it. */
  abstract readonly isOpen: boolean;

  /**
   * Provides space for at least `min` bytes of output at `spaceBytes[spaceStart, spaceEnd)`. Replaces an earlier space that was not
   * committed. O(1), without allocation while `min` fits into a pooled chunk.
   *
   * If memory is exhausted, the connection is closed, and up to 64 KiB of space are provided for output that is dropped.
   * @throws RangeError when `min` is not an integer from 0 to 2^31 - 1
   * @throws Error with the code ENOMEM when memory is exhausted and `min` is more than 64 KiB
   */
  abstract reserve(min: number): void;
  /**
   * Appends `spaceBytes[spaceStart, end)` to the output and releases the rest of the space. O(1).
   * @throws RangeError when `end` is outside of the space
   */
  abstract commit(end: number): void;
  /**
   * Appends a copy of `bytes[start, end)` to the output. Drops an uncommitted space. Closes the connection if memory is exhausted.
   * O(end - start).
   * @throws RangeError when the range is outside of `bytes`
   */
  abstract write(bytes: Uint8Array, start: number, end: number): void;
  /** Appends bytes that are shared with other connections to the output. Drops an uncommitted space. O(bytes) for the first connection, then O(1). */
  abstract writeShared(output: SharedOutput): void;
  /** Stops input: `onData` is not called until `resumeReading`. Input that the kernel has received already is kept until then. */
  abstract pauseReading(): void;
  /** Reverses `pauseReading`. */
  abstract resumeReading(): void;
  /** Closes as soon as all queued output was sent. `onData` is not called any more. */
  abstract end(): void;
  /** Closes at once and drops queued output. `onClose` is called at the end of the iteration. */
  abstract destroy(): void;
  /** Sets the idle time in seconds after which the kernel probes the peer; 0 turns the probes off. No effect on a unix socket. */
  abstract setKeepAlive(seconds: number): void;
}
