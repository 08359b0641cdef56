/** Reasons why a command of a session may not simply be executed; the dispatcher tests them all at once. */
export enum Gate {
  /** The default user has a password, and the session has not given it. */
  authentication = 1 << 0,
  /** Between MULTI and EXEC: commands are queued. */
  transaction = 1 << 1,
  /** CLIENT REPLY OFF or SKIP: replies are dropped. */
  silent = 1 << 2,
  /** Subscribed to something: messages must not come into the middle of its replies, and in RESP2 few commands are allowed. */
  subscribed = 1 << 3,
}
