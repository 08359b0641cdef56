/** Conditions of an update, and what it does, as bits; the options of ZADD. */
export enum UpdateFlag {
  none = 0,
  /** NX: only a member that is not there yet. */
  onlyNew = 1 << 0,
  /** XX: only a member that is there already. */
  onlyExisting = 1 << 1,
  /** GT: a member that is there, only if its score gets greater. */
  onlyGreater = 1 << 2,
  /** LT: a member that is there, only if its score gets less. */
  onlyLess = 1 << 3,
  /** INCR: the score is added to the one that is there. */
  increment = 1 << 4,
}

/** What an update has done. */
export enum UpdateResult {
  /** A condition was not met. */
  refused = 0,
  /** The member has the score already. */
  unchanged = 1,
  added = 2,
  updated = 3,
  /** The sum would be no number; nothing has changed. */
  notANumber = 4,
}
