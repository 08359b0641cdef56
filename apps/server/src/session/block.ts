import type { Session } from './session';

/**
 * What keeps a session from executing requests: a blocking command, CLIENT PAUSE, a change of ports. Whoever blocks a session owns
 * the block, and is the only one who can end it (`session.unblock(block)`).
 */
export interface Block {
  /** The session has ended, and the block with it: the owner frees what it keeps for the session. */
  cancel(session: Session): void;
}
