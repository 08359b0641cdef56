import type { Configuration } from '../config/configuration';
import type { ReplyError } from '../errors';
import type { Changes } from '../keyspace/changes';
import type { Keyspace } from '../keyspace/keyspace';
import { Arguments } from '../request/arguments';
import { writeFailure } from '../request/failure';
import { DiscardingReply, type Reply } from '../request/reply';
import type { Log } from '../runtime/log';
import type { MemoryLimit } from '../runtime/memory-limit';
import type { Statistics } from '../runtime/statistics';
import type { BlockedClients } from '../session/blocked-clients';
import { Ending } from '../session/ending';
import { Gate, type Gates } from '../session/gate';
import type { Monitors } from '../session/monitors';
import type { Pause } from '../session/pause';
import type { Session } from '../session/session';
import { Admission } from './admission';
import type { Command } from './command';
import type { CommandStatistics } from './command-statistics';
import { CommandTiming } from './command-timing';
import { type BlockedOperation, type Executor, Invocation } from './invocation';
import type { CommandRegistry } from './registry';
import { ResumedOperation } from './resumed-operation';
import type { ServerServices } from './server-services';
import type { SlowCommands } from './slow-commands';

/** Requests of more bytes than this are timed by themselves: copying them takes a time of its own. */
const SMALL_REQUEST_BYTES = 4096;

/** Gates behind which messages may arrive while a command runs, in the middle of its reply. */
const MESSAGE_GATES = Gate.subscribed | Gate.transaction;

/** What the dispatcher works with. */
export interface DispatcherParts {
  readonly config: Configuration;
  readonly keyspace: Keyspace;
  readonly registry: CommandRegistry;
  readonly gates: Gates;
  readonly memoryLimit: Pick<MemoryLimit, 'freeMemory'>;
  readonly commandStatistics: CommandStatistics;
  readonly slowCommands: SlowCommands;
  readonly statistics: Pick<Statistics, 'countError'>;
  readonly log: Log;
  readonly monitors: Pick<Monitors, 'isActive' | 'feed'>;
  readonly pause: Pick<Pause, 'holds' | 'block'>;
  readonly blockedClients: Pick<BlockedClients, 'block'>;
  /** What a command gets as `call.server`. */
  readonly server: ServerServices;
}

/**
 * The one entry: executes a request of a session, whoever sent it (a socket, the in-process API), and what a command
 * calls in turn (EXEC, scripts). What belongs to one call is in its Invocation, so a call within a call is like any other.
 */
export class Dispatcher implements Executor {
  readonly #parts: DispatcherParts;
  readonly #registry: CommandRegistry;
  readonly #gates: Gates;
  readonly #slowCommands: SlowCommands;
  readonly #changes: Changes;
  readonly #admission: Admission;
  readonly #timing: CommandTiming;
  readonly #outermost: Invocation;
  /** The operation of the running command, once that has blocked its client. */
  #blocked: ResumedOperation | null = null;

  constructor(parts: DispatcherParts) {
    const { config, keyspace, registry, memoryLimit, server, commandStatistics } = parts;
    this.#parts = parts;
    this.#registry = registry;
    this.#gates = parts.gates;
    this.#slowCommands = parts.slowCommands;
    this.#changes = keyspace.changes;
    this.#admission = new Admission(registry, memoryLimit, config);
    this.#timing = new CommandTiming((command, calls, microseconds) => {
      commandStatistics.record(command, calls, microseconds);
    });
    this.#outermost = new Invocation(this, keyspace, server, null);
  }

  /**
   * Executes one request and writes exactly one reply (none for a session that wants none). The arguments are read only
   * during the call. Costs what the command costs, plus the look-up of its name.
   */
  execute(session: Session, args: Arguments, reply: Reply): void {
    const command = this.#registry.find(args);
    session.lastCommand = command;
    const gates = session.gate | this.#gates.bits;
    if (command !== null && (gates | command.gate) === 0 && command.accepts(args.count)) {
      this.#call(this.#outermost, session, command, args, reply);
    } else {
      this.#executeChecked(gates, session, command, args, reply);
    }
    if (this.#changes.pending !== 0) this.#changes.endUnit(command?.touchesArbitraryKeys !== true);
  }

  /** Ends a batch: reports the times of its last commands. Call it before the replies leave. */
  endBatch(): void {
    this.#timing.close();
    this.#timing.separate();
  }

  /** Says that the next request was not ready when the last command ended: the idle gap is charged to no command. */
  beginRequests(): void {
    this.#timing.separate();
  }

  /** Part of Invocation.execute. */
  executeNested(outer: Invocation, args: Arguments, reply: Reply): void {
    const command = this.#registry.find(args);
    const error = this.#admission.nestedErrorOf(this.#gates.bits, command, args);
    // What the calling command has done since its last call is not this command's work.
    this.#timing.close();
    this.#timing.separate();
    if (error === null) {
      const marks = this.#changes.suspendCall();
      this.#call(outer.inner, outer.session, command!, args, reply);
      this.#changes.resumeCall(marks);
    } else {
      if (command !== null) command.rejected++;
      reply.error(error.text);
    }
    outer.foreignErrors = outer.reply.errors;
  }

  /**
   * Part of Invocation.executeQueued. A client that wants no replies gets those that Redis sends all the same:
   * confirmations of subscriptions, and the reply of the command that turns replies on again.
   */
  executeQueued(outer: Invocation, args: Arguments): void {
    const { session } = outer;
    const command = this.#registry.find(args)!;
    const clientReply = outer.clientReply ?? outer.reply;
    // The transaction of a client that has killed itself is executed to its end, and gets no more replies.
    const { isClosing } = session;
    const isSilent = isClosing || (session.replyMode === 'off' && !command.isAnsweredByMessages);
    const call = outer.inner;
    const out = isSilent ? this.#discardedReply(call, session) : clientReply;
    const marks = this.#changes.suspendCall();
    this.#call(call, session, command, args, out);
    this.#changes.resumeCall(marks);
    outer.foreignErrors = outer.reply.errors;
    if (isSilent && !isClosing && session.replyMode === 'on') clientReply.raw(out.bytes, 0, out.position);
    if (this.#parts.monitors.isActive) this.#feedMonitors(session, command, args);
  }

  /** Part of Invocation.block. */
  block(
    call: Invocation,
    args: Arguments,
    first: number,
    end: number,
    deadlineMs: number,
    operation: BlockedOperation,
  ): void {
    const { commandStatistics, blockedClients } = this.#parts;
    const resumed = new ResumedOperation(
      this.#outermost,
      operation,
      this.#timing,
      commandStatistics,
      this.#slowCommands,
    );
    blockedClients.block(call.session, args, first, end, deadlineMs, resumed);
    this.#blocked = resumed;
  }

  /** Executes a command that has passed all checks. */
  #call(call: Invocation, session: Session, command: Command, args: Arguments, reply: Reply): void {
    call.session = session;
    call.database = session.database;
    call.reply = reply;
    call.foreignErrors = reply.errors;
    call.replyStart = reply.position;
    call.replyHandedOver = reply.handedOver;
    if (command.isConstantTime && !this.#slowCommands.timesExactly && isSmall(args)) {
      this.#timing.enter(command);
      this.#run(call, command, args, reply);
    } else {
      const startedAtMs = this.#timing.begin();
      this.#run(call, command, args, reply);
      const microseconds = (this.#timing.end() - startedAtMs) * 1000;
      const blocked = this.#blocked;
      if (blocked === null) {
        this.#parts.commandStatistics.record(command, 1, microseconds);
        this.#slowCommands.took(session, command, args, microseconds);
      } else {
        this.#blocked = null;
        this.#parts.commandStatistics.recordBlocked(command, microseconds);
        blocked.wait(command, args, microseconds);
      }
    }
    if (reply.errors !== call.foreignErrors) command.failed++;
  }

  #run(call: Invocation, command: Command, args: Arguments, reply: Reply): void {
    try {
      command.execute(args, reply, call);
    } catch (error) {
      const isWhole = writeFailure(error, reply, call.replyStart, call.replyHandedOver, this.#parts.log);
      if (!isWhole) call.session.end(Ending.now);
    }
    if (this.#changes.pending !== 0) this.#changes.endCall(args, call.database.index);
  }

  /** The path of a request that may be refused, held back, queued or silent. */
  #executeChecked(gates: number, session: Session, command: Command | null, args: Arguments, reply: Reply): void {
    const { pause, monitors } = this.#parts;
    const isSilent = (gates & Gate.silent) !== 0;
    if (isSilent && session.replyMode === 'skip-next') session.setReplyMode('skip');
    const out = isSilent ? this.#discardedReply(this.#outermost, session) : reply;
    const error = this.#admission.errorOf(gates, session, command, args);
    if (error !== null) {
      if (command === null && isRequestOfHttp(session, args)) this.#hangUp(session);
      else this.#refuse(session, command, out, error);
    } else if ((gates & Gate.paused) !== 0 && pause.holds(session, command!.flagsFor(session))) {
      pause.block(session, args);
      // The request is executed again, and is then the one whose reply is skipped.
      if (session.replyMode === 'skip') session.setReplyMode('skip-next');
    } else if (session.transaction !== null && command!.isQueueable) {
      session.transaction.enqueue(new Arguments().assign(args), command!.flags);
      out.simple('QUEUED');
    } else {
      // Evicting is not the command's work.
      if ((gates & Gate.memory) !== 0) this.#timing.separate();
      this.#outermost.clientReply = isSilent ? reply : null;
      this.#callBetweenMessages(gates, session, command!, args, command!.isAnsweredByMessages ? reply : out);
      this.#outermost.clientReply = null;
      // A command that turns replies on (CLIENT REPLY ON, RESET) is answered.
      if (isSilent && session.replyMode === 'on') reply.raw(out.bytes, 0, out.position);
      if (monitors.isActive) this.#feedMonitors(session, command!, args);
    }
    if (isSilent && session.replyMode === 'skip') session.setReplyMode('on');
  }

  /** Calls a command; messages that reach its session meanwhile follow its reply. */
  #callBetweenMessages(gates: number, session: Session, command: Command, args: Arguments, reply: Reply): void {
    if ((gates & MESSAGE_GATES) === 0) {
      this.#call(this.#outermost, session, command, args, reply);
      return;
    }
    session.holdMessages();
    this.#call(this.#outermost, session, command, args, reply);
    session.releaseMessages();
  }

  #feedMonitors(session: Session, command: Command, args: Arguments): void {
    if (command.has('skip_monitor') || command.has('admin')) return;
    this.#parts.monitors.feed(session, args, command.findSecrets(args, this.#parts.config));
  }

  /** Takes the reply of a call whose client wants none. */
  #discardedReply(call: Invocation, session: Session): DiscardingReply {
    if (call.discarded === null) {
      call.discarded = new DiscardingReply();
      call.discarded.onError = (text) => this.#parts.statistics.countError(text);
    }
    call.discarded.position = 0;
    call.discarded.protocol = session.protocol;
    return call.discarded;
  }

  /** A browser may have been tricked into sending commands in the body of a request (cross-protocol scripting). */
  #hangUp(session: Session): void {
    this.#parts.log.write(
      'warning',
      'Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands. This is likely due ' +
        'to an attacker attempting to use Cross Protocol Scripting to compromise this instance. Connection aborted.',
    );
    session.end(Ending.now);
  }

  #refuse(session: Session, command: Command | null, reply: Reply, error: ReplyError): void {
    if (command !== null) command.rejected++;
    if (session.transaction !== null) session.transaction.isAborted = true;
    if (command?.executesTransaction === true) {
      session.discardTransaction();
      reply.error(`EXECABORT Transaction discarded because of: ${error.text.replace(/^ERR /, '')}`);
    } else {
      reply.error(error.text);
    }
  }
}

/** Whether a client behind a socket speaks HTTP, by a method with a body or by the header that every request has. */
function isRequestOfHttp(session: Session, args: Arguments): boolean {
  return !session.isInProcess && (args.equals(0, 'post') || args.equals(0, 'host:'));
}

function isSmall(args: Arguments): boolean {
  return args.end(args.count - 1) - args.start(0) < SMALL_REQUEST_BYTES;
}
