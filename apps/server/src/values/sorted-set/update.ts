/** Conditions and mode of an update, as bits: the options of ZADD. */
export enum UpdateFlag {
  none = 0,
  /** NX: only add new members. */
  onlyNew = 1 << 0,
  /** XX: only update existing members. */
  onlyExisting = 1 << 1,
  /** GT: update an existing member only if its score increases. */
  onlyGreater = 1 << 2,
  /** LT: update an existing member only if its score decreases. */
  onlyLess = 1 << 3,
  /** INCR: add the score to the existing one. */
  increment = 1 << 4,
}

/** The result of an update. */
export enum UpdateResult {
  /** A condition was not met. */
  refused = 0,
  /** The member has the score already. */
  unchanged = 1,
  added = 2,
  updated = 3,
  /** The sum is NaN; nothing has changed. */
  notANumber = 4,
}
