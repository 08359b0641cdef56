/** Who has to be notified of changes, as bits of `ChangeFlags.interests`. */
export enum Interest {
  /** Clients that watch keys (WATCH). */
  watchers = 1 << 0,
  /** Clients that are blocked on keys (BLPOP). */
  blockedClients = 1 << 1,
  /** Listeners to keyspace events (notify-keyspace-events). */
  listeners = 1 << 2,
  /** Sinks of propagated commands: the append-only file, replicas. */
  propagation = 1 << 3,
}

/** What is left to do after a command has run, as bits of `ChangeFlags.pending`. */
export enum Pending {
  /** The running call has changed something, so it is propagated, unless it has propagated something else instead. */
  changed = 1 << 0,
  /** The running call is not propagated as it came. */
  replaced = 1 << 1,
  /** The running call is propagated to the append-only file even if it has changed nothing. */
  forcedToFile = 1 << 2,
  /** The running call is propagated to replicas even if it has changed nothing. */
  forcedToReplicas = 1 << 3,
  /** The execution unit has commands for the sinks. */
  unit = 1 << 4,
  /** Blocked keys are ready. */
  readyKeys = 1 << 5,
}

/** The bits of Pending that belong to the running call; the others belong to the execution unit. */
export const PENDING_OF_CALL = Pending.changed | Pending.replaced | Pending.forcedToFile | Pending.forcedToReplicas;

/** The two words that the path of every command compares with 0. */
export class ChangeFlags {
  /** Bits of Interest. While it is 0, a change costs this one comparison. */
  interests = 0;
  /** Bits of Pending. While it is 0, the end of a command costs this one comparison. */
  pending = 0;

  /** Sets or clears a bit of `interests`. */
  setInterest(interest: Interest, isOn: boolean): void {
    this.interests = isOn ? this.interests | interest : this.interests & ~interest;
  }
}
