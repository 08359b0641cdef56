/** How a session ends. A later one prevails over an earlier one. */
export enum Ending {
  /** It does not end. */
  none = 0,
  /** It executes nothing more, and its connection closes when the replies so far are sent: QUIT, a protocol error. */
  afterReplies,
  /**
   * Its connection closes at once and unsent replies are lost; what it is part of (subscriptions, watched keys) is left at the end of
   * the batch. For limits of clients, which are exceeded in the middle of the commands of other clients.
   */
  afterBatch,
  /** Everything ends at once, and unsent replies are lost: CLIENT KILL, a connection that has closed. */
  now,
}
