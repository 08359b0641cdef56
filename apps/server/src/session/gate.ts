/**
 * Reasons why a command may not simply be executed. A session has a set of them, and so have the server and the command; the
 * dispatcher tests them at once, so that a command costs one comparison while there is none.
 */
export enum Gate {
  /** The default user has a password, and the session has not given it. */
  authentication = 1 << 0,
  /** Between MULTI and EXEC: commands are queued. */
  transaction = 1 << 1,
  /** CLIENT REPLY OFF or SKIP: replies are dropped. */
  silent = 1 << 2,
  /** Subscribed to something: messages must not come into the middle of its replies, and in RESP2 few commands are allowed. */
  subscribed = 1 << 3,
  /** Of the server: clients are paused. */
  paused = 1 << 4,
  /** Of the server: MONITOR is fed. */
  monitored = 1 << 5,
  /** Of the server: there is a memory limit. */
  memory = 1 << 6,
  /** Of a command: not every session may use it. */
  restricted = 1 << 7,
}

/** The gates of a server: the Gate bits that hold for all its sessions. */
export class Gates {
  bits = 0;

  /** Closes or opens a gate. O(1). */
  set(gate: Gate, isClosed: boolean): void {
    this.bits = isClosed ? this.bits | gate : this.bits & ~gate;
  }
}
