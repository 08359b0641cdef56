import type { Address } from '@nanoredis/intrusive-ds';
import type { ReplyWriter } from '@nanoredis/resp-codec';
import type { Database } from '../keyspace/database';
import type { Keyspace } from '../keyspace/keyspace';
import type { Arguments } from '../request/arguments';
import type { DiscardingReply, Reply } from '../request/reply';
import type { Session } from '../session/session';
import type { ValueType } from '../values/entry';
import type { ServerServices } from './server-services';

/** What a blocking command does once one of its keys holds a value. */
export interface BlockedOperation {
  /** Keys that hold a value of another type do not end the wait. */
  readonly type: ValueType;
  /**
   * Takes from `entry`, the value under `key` in the session's database, and writes exactly one reply.
   * @throws ReplyError before anything was changed or written; it becomes the reply, and the value goes to the next
   * blocked client.
   */
  serve(entry: Address, key: Buffer, reply: Reply, call: Invocation): void;
}

/** Executes what an invocation asks for. Implemented by the dispatcher. */
export interface Executor {
  executeNested(outer: Invocation, args: Arguments, reply: Reply): void;
  executeQueued(outer: Invocation, args: Arguments): void;
  block(
    call: Invocation,
    args: Arguments,
    first: number,
    end: number,
    deadlineMs: number,
    operation: BlockedOperation,
  ): void;
}

/**
 * One call of a command: who calls, on which data, and what the call may do. The dispatcher has one object for each
 * level of nesting and uses it for one call after the other, so a command must not keep it.
 */
export class Invocation {
  /** The client's session. */
  session!: Session;
  /** The database that the session had selected when the call began. */
  database!: Database;
  /** Where the command writes its reply. */
  reply!: Reply;
  /** Where the client reads, while it wants no replies and `reply` is discarded (CLIENT REPLY OFF); else null. */
  clientReply: Reply | null = null;
  /** Errors in `reply` that do not belong to this call: those from before it, and those of calls inside it. */
  foreignErrors = 0;
  /** `reply.position` and `reply.handedOver` when the call began, to take its reply back if it throws. */
  replyStart = 0;
  replyHandedOver = 0;
  readonly keyspace: Keyspace;
  readonly server: ServerServices;
  /** Whether the command may wait for something instead of replying. A call within another call may not. */
  readonly mayBlock: boolean;
  /** The call that made this one, or null. */
  readonly outer: Invocation | null;
  /** Takes the replies of a call whose client wants none; made on first use. */
  discarded: DiscardingReply | null = null;
  readonly #executor: Executor;
  #inner: Invocation | null = null;

  constructor(executor: Executor, keyspace: Keyspace, server: ServerServices, outer: Invocation | null) {
    this.#executor = executor;
    this.keyspace = keyspace;
    this.server = server;
    this.outer = outer;
    this.mayBlock = outer === null;
  }

  /** The invocation for a call within this one. Made once. */
  get inner(): Invocation {
    this.#inner ??= new Invocation(this.#executor, this.keyspace, this.server, this);
    return this.#inner;
  }

  /**
   * Whether anybody gets what is propagated (the append-only file, replicas). If not, a command does not have to call
   * `propagateAs`. O(1).
   */
  get isPropagated(): boolean {
    return this.keyspace.changes.propagation.isOn;
  }

  /**
   * Propagates a command of `argc` arguments in place of this one, which is propagated as it came otherwise if it changes
   * anything; called more than once, several commands. To be called only while `isPropagated`, and only if something
   * changes. The caller writes exactly `argc` bulk strings, the name included, before it calls anything else. O(1).
   */
  propagateAs(argc: number): ReplyWriter {
    return this.keyspace.changes.propagation.replaceWith(argc, this.database.index);
  }

  /** Propagates nothing for this command, whatever it changes. O(1). */
  propagateNothing(): void {
    this.keyspace.changes.propagation.suppress();
  }

  /** Propagates this command as it came to `targets` (bits of Target), even if it changes nothing. O(1). */
  forcePropagation(targets: number): void {
    this.keyspace.changes.propagation.force(targets);
  }

  /**
   * Executes a command within this one, with the checks that apply to a script's commands, and writes its reply to
   * `reply`, which the caller reads. An error reply is not counted as an error of the calling command. The arguments are
   * read only during the call. Costs what the command costs.
   */
  execute(args: Arguments, reply: Reply): void {
    this.#executor.executeNested(this, args, reply);
  }

  /**
   * Executes a command that was checked when it was queued, and replies to the client as if it had just sent it: a
   * client that wants no replies gets none. Costs what the command costs.
   */
  executeQueued(args: Arguments): void {
    this.#executor.executeQueued(this, args);
  }

  /**
   * Lets the client wait for the keys in arguments `first` to `end` (exclusive), until `deadlineMs` (see
   * requireDeadline in blocking-deadline.ts); `operation` replies later. The command returns at once and has written
   * nothing. Where the call may not block, the reply is that of a timeout: the null array. O(keys + log(clients that wait)).
   */
  block(args: Arguments, first: number, end: number, deadlineMs: number, operation: BlockedOperation): void {
    if (this.mayBlock) this.#executor.block(this, args, first, end, deadlineMs, operation);
    else this.reply.nullArray();
  }
}
