import type { SharedOutput } from './shared-output';

/** The addresses of both ends; for a unix socket the remote address is empty and the local one is the path. */
export interface ConnectionEndpoints {
  readonly isUnix: boolean;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
}

/** No room: what `roomBytes` is until `reserve` was called. */
const noRoom = Buffer.alloc(0);

/**
 * One accepted stream. Output is written into room that the loop lends (`reserve`, then `commit`), and leaves at the end of
 * the iteration, in order. After `end` or `destroy` output is dropped without a word, so that an owner need not ask first.
 */
export abstract class Connection {
  /** Counts from 1, never used twice in one loop. */
  readonly id: number;
  readonly isUnix: boolean;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
  /** The owner's slot; the loop never looks at it. */
  context: unknown;
  /** The buffer of the room that `reserve` made. */
  roomBytes: Buffer;
  /** Where the room begins. */
  roomStart: number;
  /** Where the room ends: at least `roomStart + min`. */
  roomEnd: number;

  /** Connections are made by a loop. */
  constructor(id: number, endpoints: ConnectionEndpoints) {
    this.id = id;
    this.isUnix = endpoints.isUnix;
    this.remoteAddress = endpoints.remoteAddress;
    this.remotePort = endpoints.remotePort;
    this.localAddress = endpoints.localAddress;
    this.localPort = endpoints.localPort;
    this.context = null;
    this.roomBytes = noRoom;
    this.roomStart = 0;
    this.roomEnd = 0;
  }

  /** The descriptor of the socket, or -1 when it is closed or the backend does not tell. */
  abstract readonly fd: number;
  /** Bytes that are committed and not yet taken by the kernel. */
  abstract readonly queuedBytes: number;
  /** Whether `end`, `destroy` or the peer has not closed it yet. */
  abstract readonly isOpen: boolean;

  /**
   * Makes room for at least `min` bytes of output at `roomBytes[roomStart, roomEnd)`; what an earlier room held without
   * `commit` is forgotten. O(1) and no allocation while `min` fits a pooled chunk.
   * @throws RangeError when `min` is not an integer from 0 to 2 GiB
   */
  abstract reserve(min: number): void;
  /**
   * Takes `roomBytes[roomStart, end)` as output and gives the rest of the room back. O(1).
   * @throws RangeError when `end` is outside of the room
   */
  abstract commit(end: number): void;
  /** Copies `bytes[start, end)` to the output; an open room is forgotten, as by `reserve`. O(n). */
  abstract write(bytes: Uint8Array, start: number, end: number): void;
  /** Takes what it shares with other connections as output; an open room is forgotten, as by `reserve`. O(n) for the first of them, then O(1). */
  abstract writeShared(output: SharedOutput): void;
  /** Asks for no more input; what had arrived already (at most one input buffer) may still be handed over on resume, never before. */
  abstract pauseReading(): void;
  /** Takes `pauseReading` back. */
  abstract resumeReading(): void;
  /** Closes once all queued output was sent; no more input is handed over. */
  abstract end(): void;
  /** Closes now and drops queued output; `onClose` follows at the end of the iteration. */
  abstract destroy(): void;
  /** Sets the silence after which the kernel probes the peer, in seconds; 0 turns it off. Does nothing on a unix socket. */
  abstract setKeepAlive(seconds: number): void;
}
