import type { SharedOutput } from '@nanoredis/event-loop';

/** Where the reply of a blocked client is written, once there is one. */
export interface ReplySink {
  /** Whether what is written can still reach the client. */
  readonly isOpen: boolean;
  /** Sends a copy of the bytes. */
  write(bytes: Uint8Array): void;
  /** Closes now; there will be no reply. */
  destroy(): void;
}

/** How the client of a session is reached; sessions of the process itself have none. */
export interface Transport extends ReplySink {
  /** `address:port`, or `path:0` for a unix socket. */
  readonly remoteAddress: string;
  readonly localAddress: string;
  /** Whether the client is on this machine (loopback or a unix socket). */
  readonly isLocal: boolean;
  readonly isUnix: boolean;
  readonly fd: number;
  /** Bytes of replies that the kernel has not accepted yet. */
  readonly queuedBytes: number;
  /** Bytes of requests that were received and not yet executed. */
  readonly bufferedBytes: number;
  /** Bytes of requests that were received: while some of them run, those that came with them too. */
  readonly requestBytes: number;
  /** Bytes allocated for the rest of an incomplete request. */
  readonly freeRequestBytes: number;
  /** Sends bytes that other clients get too. */
  writeShared(output: SharedOutput): void;
  /** Closes once everything written so far has been sent; nothing more is read. */
  end(): void;
  /** Goes on with the requests of a session that was blocked. */
  resume(): void;
}
