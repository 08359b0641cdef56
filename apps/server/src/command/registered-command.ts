import type { Configuration } from '../config/configuration';
import type { ReplyError } from '../errors';
import type { Arguments } from '../request/arguments';
import type { LatencyHistogram } from '../runtime/latency-histogram';
import { type CommandFlag, CommandFlagBit, MAY_REPLICATE } from '../session/command-flags';
import { Gate } from '../session/gate';
import type { Session } from '../session/session';
import type { CommandFacts, ContainerFacts } from './command-facts';
import type { KeySpecification } from './key-specification';

/** A command of one server without what it does: its facts as the dispatcher needs them, and the statistics of its calls. */
export class RegisteredCommand {
  /** Full name, `container|sub` for a subcommand. */
  readonly name: string;
  readonly arity: number;
  readonly flags: number;
  readonly keys: readonly KeySpecification[];
  /** Whether consecutive calls may share a reading of the clock; see CommandTiming. */
  readonly isConstantTime: boolean;
  /** Whether a transaction queues it. */
  readonly isQueueable: boolean;
  readonly endsTransaction: boolean;
  /** Whether it executes what a transaction has queued. */
  readonly executesTransaction: boolean;
  /** Whether it may delete expired keys that its arguments do not name. */
  readonly touchesArbitraryKeys: boolean;
  /** Whether a client may send it in RESP2 while it has subscribed to something. */
  readonly isForSubscribers: boolean;
  /** Whether its replies are messages, which are sent even to a client that wants no replies. */
  readonly isAnsweredByMessages: boolean;
  /** Returns why a session may not use the command; null if every session may. */
  readonly refusal: ((session: Session, config: Configuration) => ReplyError | null) | null;
  /** `Gate.restricted` if there is a refusal, else 0. */
  readonly gate: number;
  /** Calls that were executed; a rejected call is not one. */
  calls = 0;
  /** Time spent in the calls, in microseconds. */
  microseconds = 0;
  /** Calls refused before execution: wrong arity, no permission, out of memory. */
  rejected = 0;
  /** Calls that ended with an error reply. */
  failed = 0;
  latency: LatencyHistogram | null = null;

  constructor(
    readonly facts: CommandFacts | ContainerFacts,
    readonly container: RegisteredCommand | null,
    /** Its subcommands by lower-case name; null for an ordinary command. */
    readonly subcommands: ReadonlyMap<string, RegisteredCommand> | null = null,
  ) {
    this.name = container === null ? facts.name : `${container.name}|${facts.name}`;
    this.arity = facts.arity;
    this.flags = facts.flags.reduce((bits, flag) => bits | CommandFlagBit[flag], 0);
    const command = 'subcommands' in facts ? null : facts;
    if (command?.mayReplicate === true) this.flags |= MAY_REPLICATE;
    this.keys = command?.keys ?? [];
    // A command that may wait (BZPOPMIN) is timed by itself, for its time goes on when the client is served.
    const isFast = (this.flags & CommandFlagBit.fast) !== 0 && (this.flags & CommandFlagBit.blocking) === 0;
    this.isConstantTime = isFast || command?.constantTime === true;
    this.isQueueable = command?.onTransaction === undefined;
    this.executesTransaction = command?.onTransaction === 'executes';
    this.endsTransaction = this.executesTransaction || command?.onTransaction === 'ends';
    this.touchesArbitraryKeys = command?.touchesArbitraryKeys === true;
    this.isForSubscribers = command?.whileSubscribed !== undefined;
    this.isAnsweredByMessages = command?.whileSubscribed === 'messages';
    this.refusal = command?.refusal ?? null;
    this.gate = this.refusal === null ? 0 : Gate.restricted;
  }

  /** The facts of an ordinary command; null for a container. */
  get executable(): CommandFacts | null {
    return 'subcommands' in this.facts ? null : this.facts;
  }

  /** Whether `count` arguments, its name included, are a number that it takes. O(1). */
  accepts(count: number): boolean {
    const { arity } = this;
    return arity > 0 ? count === arity : count >= -arity;
  }

  /** The bits of its flags; of a command that executes a transaction, those of the queued commands. O(1). */
  flagsFor(session: Session): number {
    return this.executesTransaction && session.transaction !== null ? session.transaction.flags : this.flags;
  }

  /** Arguments of a call that are secret (passwords), by their index. O(arguments). */
  findSecrets(args: Arguments, config: Configuration): readonly number[] {
    return this.executable?.findSecrets?.(args, config) ?? [];
  }

  has(flag: CommandFlag): boolean {
    return (this.flags & CommandFlagBit[flag]) !== 0;
  }

  resetStatistics(): void {
    this.calls = 0;
    this.microseconds = 0;
    this.rejected = 0;
    this.failed = 0;
    this.latency = null;
  }
}
