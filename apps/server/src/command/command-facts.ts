import type { Configuration } from '../config/configuration';
import type { ReplyError } from '../errors';
import type { Arguments } from '../request/arguments';
import type { CommandFlag } from '../session/command-flags';
import type { Session } from '../session/session';
import type { FoundKey, KeySpecification } from './key-specification';

/** One argument of a command as COMMAND DOCS describes it. */
export interface ArgumentDocs {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'double' | 'key' | 'pattern' | 'unix-time' | 'pure-token' | 'oneof' | 'block';
  readonly token?: string;
  /** Index of the key specification that finds this key. */
  readonly keySpec?: number;
  readonly summary?: string;
  readonly since?: string;
  readonly deprecatedSince?: string;
  readonly optional?: boolean;
  readonly multiple?: boolean;
  readonly multipleToken?: boolean;
  /** The parts of a `oneof` or a `block`. */
  readonly arguments?: readonly ArgumentDocs[];
}

/** What commands and containers of subcommands have in common. */
export interface Described {
  /** In lower case; of a subcommand without the name of its container. */
  readonly name: string;
  readonly summary: string;
  readonly since: string;
  readonly group: string;
  readonly complexity?: string;
  readonly docFlags?: readonly ('deprecated' | 'syscmd')[];
  readonly deprecatedSince?: string;
  readonly replacedBy?: string;
  readonly history?: readonly (readonly [version: string, change: string])[];
  /** Number of arguments, its name included (of a subcommand: both names); negative: at least so many. */
  readonly arity: number;
  readonly flags: readonly CommandFlag[];
  /** ACL categories besides those that follow from the flags (write, read, admin, dangerous, fast, slow, …). */
  readonly categories: readonly string[];
  readonly tips?: readonly string[];
}

/** Everything that is known of a command, except for what it does. */
export interface CommandFacts extends Described {
  readonly keys?: readonly KeySpecification[];
  readonly arguments?: readonly ArgumentDocs[];
  /**
   * Finds keys that the specifications cannot describe (SORT's STORE), or whose use depends on the arguments (SET's GET).
   * Left out if `keys` describe all of them.
   */
  readonly findKeys?: (args: Arguments) => readonly FoundKey[];
  /** Returns why a session may not use the command, so that it is not even queued in a transaction; null if it may. */
  readonly refusal?: (session: Session, config: Configuration) => ReplyError | null;
  /** Finds arguments that are secret (passwords): MONITOR and the slow log show `(redacted)` in their place. */
  readonly findSecrets?: (args: Arguments, config: Configuration) => readonly number[];
  /**
   * The command acts on a transaction instead of being queued in it. One that `ends` it runs even if there is no memory to
   * queue anything. One that `executes` it ends it too: it counts as having all flags of the queued commands, and if it
   * is refused, the transaction is discarded.
   */
  readonly onTransaction?: 'acts' | 'ends' | 'executes';
  /**
   * A subscribed client may send the command in RESP2, although messages arrive between its replies. If its replies are
   * `messages` themselves, they are sent even to a client that wants no replies.
   */
  readonly whileSubscribed?: 'allowed' | 'messages';
  /** The command may propagate something although it is no write, so that CLIENT PAUSE WRITE holds it back and a monitor may not use it. */
  readonly mayReplicate?: true;
  /**
   * The command may meet, and so delete, expired keys that its arguments do not name (SCAN). Each of those deletions is
   * propagated by itself.
   */
  readonly touchesArbitraryKeys?: boolean;
  /**
   * The command takes constant time, whatever its arguments, so consecutive calls in a batch share a reading of the clock
   * (see command-timing.ts). Commands flagged `fast` need not say so.
   */
  readonly constantTime?: boolean;
}

/** What is known of a container of subcommands. */
export interface ContainerFacts extends Described {
  readonly subcommands: readonly CommandFacts[];
}
