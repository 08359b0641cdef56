import { NO_AUTH, OUT_OF_MEMORY, ReplyError, wrongArity } from '../errors';
import type { Instance } from '../instance';
import type { AwaitedKeys } from '../keyspace/awaited-keys';
import { Arguments } from '../request/arguments';
import { writeFailure } from '../request/failure';
import { DiscardingReply, type Reply } from '../request/reply';
import { LatencyHistogram } from '../runtime/latency-histogram';
import type { MemoryLimit } from '../runtime/memory-limit';
import { CommandFlagBit } from '../session/command-flags';
import { Gate } from '../session/gate';
import type { Session } from '../session/session';
import type { Command } from './command';
import { CommandTiming } from './command-timing';

/** Requests of more bytes than this are timed by themselves: copying them takes a time of its own. */
const SMALL_REQUEST_BYTES = 4096;

/**
 * The one way in: executes a request of a session, whoever sent it (a socket, the in-process API, EXEC). The order of
 * the checks is that of Redis' processCommand, as clients can see it by the errors.
 */
export class Dispatcher {
  /** Times every command by itself, because somebody wants to hear of ones that take less than a millisecond. */
  timesExactly = false;
  /** Keeps a histogram of each command's times: latency-tracking. */
  tracksLatency = true;
  readonly #instance: Instance;
  readonly #awaited: AwaitedKeys;
  readonly #memoryLimit: MemoryLimit;
  readonly #timing: CommandTiming;
  /** Takes the replies of a session that wants none. */
  readonly #discarded = new DiscardingReply();
  /** Takes those of a transaction's commands: its own reply is in use then. */
  readonly #unheard = new DiscardingReply();
  /** What the client of the running command would hear if it wanted replies; null while it does. */
  #heard: Reply | null = null;
  /** Errors of the current reply that a command has been blamed for: those of a transaction's commands are not EXEC's. */
  #countedErrors = 0;

  constructor(instance: Instance) {
    this.#instance = instance;
    this.#awaited = instance.keyspace.awaited;
    this.#memoryLimit = instance.memoryLimit;
    this.#timing = new CommandTiming((command, calls, microseconds) => this.#record(command, calls, microseconds));
    this.#discarded.onError = (text) => instance.statistics.countError(text);
    this.#unheard.onError = this.#discarded.onError;
  }

  /**
   * Executes one request and writes exactly one reply (none for a session that wants none). The arguments are read only
   * during the call. Costs what the command costs, plus the look-up of its name.
   */
  execute(session: Session, args: Arguments, reply: Reply): void {
    const command = this.#instance.registry.find(args);
    session.lastCommand = command;
    if ((session.gate | this.#instance.gate) !== 0) {
      this.#executeGated(session, command, args, reply);
      return;
    }
    if (command === null || (command.arity > 0 ? args.count !== command.arity : args.count < -command.arity)) {
      if (command === null && isRequestOfHttp(session, args)) this.#hangUp(session);
      else this.#refuse(session, command, reply, this.#shapeError(command, args)!);
      return;
    }
    if (this.#memoryLimit.isOn) {
      if (!this.#memoryLimit.makeRoom() && command.has('denyoom')) {
        this.#refuse(session, command, reply, OUT_OF_MEMORY);
        return;
      }
      // Evicting is not the command's work.
      this.#timing.separate();
    }
    this.call(session, command, args, reply);
    if (this.#awaited.readyCount !== 0) this.#awaited.serveReady();
  }

  /** Ends a batch: closes the books on its last command. Call it before the replies leave. */
  endBatch(): void {
    this.#timing.close();
    this.#timing.separate();
  }

  /** Says that what comes was not ready when the last command ended: time has passed that is nobody's. */
  beginRequests(): void {
    this.#timing.separate();
  }

  /** Executes a command that has passed all checks (or is part of a transaction that has). */
  call(session: Session, command: Command, args: Arguments, reply: Reply): void {
    this.#countedErrors = reply.errors;
    if (command.isConstantTime && !this.timesExactly && isSmall(args)) {
      this.#timing.enter(command);
      this.#run(session, command, args, reply);
    } else {
      const startedAtMs = this.#timing.begin();
      this.#run(session, command, args, reply);
      const microseconds = (this.#timing.end() - startedAtMs) * 1000;
      this.#record(command, 1, microseconds);
      this.#instance.commandTook(session, command, args, microseconds);
    }
    if (reply.errors === this.#countedErrors) return;
    this.#countedErrors = reply.errors;
    command.failed++;
  }

  /**
   * Executes a command of a transaction, where `reply` is that of EXEC. A session that wants no replies gets those that Redis sends all
   * the same: confirmations of subscriptions, and the reply of what ends the silence.
   */
  callQueued(session: Session, command: Command, args: Arguments, reply: Reply): void {
    const heard = this.#heard ?? reply;
    const isSilent = session.replyMode === 'off' && !command.isAnsweredByMessages;
    const out = isSilent ? this.#unheard : heard;
    if (isSilent) {
      out.position = 0;
      out.protocol = session.protocol;
    }
    this.call(session, command, args, out);
    this.#countedErrors = reply.errors;
    if (isSilent && session.replyMode === 'on') heard.raw(out.bytes, 0, out.position);
  }

  #run(session: Session, command: Command, args: Arguments, reply: Reply): void {
    try {
      command.execute(args, reply, session);
    } catch (error) {
      writeFailure(error, reply);
    }
  }

  #record(command: Command, calls: number, microseconds: number): void {
    command.calls += calls;
    command.microseconds += microseconds;
    if (!this.tracksLatency) return;
    command.latency ??= new LatencyHistogram();
    command.latency.record((microseconds * 1000) / calls, calls);
  }

  /** The way of every request while something stands between sessions and their commands. */
  #executeGated(session: Session, command: Command | null, args: Arguments, reply: Reply): void {
    const instance = this.#instance;
    if (command === null && isRequestOfHttp(session, args)) {
      this.#hangUp(session);
      return;
    }
    if (session.replyMode === 'skip-next') session.setReplyMode('skip');
    const isSilent = session.replyMode !== 'on';
    const out = isSilent ? this.#discarded : reply;
    if (isSilent) {
      out.position = 0;
      out.protocol = session.protocol;
    }

    const error =
      this.#shapeError(command, args) ??
      this.#admissionError(session, command!) ??
      (this.#memoryLimit.isOn ? this.#roomError(session, command!) : null);
    if (error !== null) {
      this.#refuse(session, command, out, error);
    } else if (instance.pause.holds(session, command!)) {
      instance.pause.block(session, args);
    } else if (session.transaction !== null && command!.isQueueable) {
      session.transaction.enqueue(command!, new Arguments().assign(args));
      out.simple('QUEUED');
    } else {
      session.holdMessages();
      this.#heard = isSilent ? reply : null;
      this.call(session, command!, args, isSilent && command!.isAnsweredByMessages ? reply : out);
      this.#heard = null;
      session.releaseMessages();
      if (instance.monitors.isActive) instance.monitors.feed(session, command!, args);
      if (this.#awaited.readyCount !== 0) this.#awaited.serveReady();
    }
    if (!isSilent) return;
    // A command that ends the silence (CLIENT REPLY ON, RESET) is answered.
    if (session.replyMode === 'on') reply.raw(out.bytes, 0, out.position);
    else if (session.replyMode === 'skip') session.setReplyMode('on');
  }

  /** What is wrong with a request by its form alone: an unknown command, or a wrong number of arguments. */
  #shapeError(command: Command | null, args: Arguments): ReplyError | null {
    if (command === null) return unknownCommand(this.#instance.registry.findContainer(args), args);
    if (command.arity > 0 ? args.count !== command.arity : args.count < -command.arity) return wrongArity(command.name);
    return null;
  }

  #admissionError(session: Session, command: Command): ReplyError | null {
    if ((session.gate & Gate.authentication) !== 0 && !command.has('no_auth')) return NO_AUTH;
    if (session.transaction !== null && command.has('no_multi')) {
      return new ReplyError('ERR Command not allowed inside a transaction');
    }
    if (session.subscriptions !== null && session.protocol === 2 && !command.isForSubscribers) {
      return new ReplyError(
        `ERR Can't execute '${command.name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET ` +
          'are allowed in this context',
      );
    }
    return command.executable?.refusal?.(session) ?? null;
  }

  /** Makes room for a command; an error if there is none and it would need some: what is queued takes memory whatever it does. */
  #roomError(session: Session, command: Command): ReplyError | null {
    if (this.#instance.pause.isActive || this.#memoryLimit.makeRoom()) return null;
    if (session.transaction !== null && !command.endsTransaction) return OUT_OF_MEMORY;
    return (command.flagsFor(session) & CommandFlagBit.denyoom) !== 0 ? OUT_OF_MEMORY : null;
  }

  /** A browser may have been tricked into sending commands in the body of a request (cross-protocol scripting). */
  #hangUp(session: Session): void {
    this.#instance.log.write(
      'warning',
      'Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands. This is likely due ' +
        'to an attacker attempting to use Cross Protocol Scripting to compromise this instance. Connection aborted.',
    );
    session.isClosing = true;
    session.transport!.destroy();
  }

  #refuse(session: Session, command: Command | null, reply: Reply, error: ReplyError): void {
    if (command !== null) command.rejected++;
    if (session.transaction !== null) session.transaction.isAborted = true;
    if (command?.name === 'exec') {
      session.discardTransaction();
      reply.error(`EXECABORT Transaction discarded because of: ${error.text.replace(/^ERR /, '')}`);
    } else {
      reply.error(error.text);
    }
  }
}

/** Whether a client behind a socket speaks HTTP, by a method with a body or by the header that every request has. */
function isRequestOfHttp(session: Session, args: Arguments): boolean {
  return session.transport !== null && (args.equals(0, 'post') || args.equals(0, 'host:'));
}

function isSmall(args: Arguments): boolean {
  return args.end(args.count - 1) - args.start(0) < SMALL_REQUEST_BYTES;
}

/** Redis quotes what it did not understand, up to 128 bytes of it, each part up to its first NUL. */
function unknownCommand(container: Command | null, args: Arguments): ReplyError {
  const limit = 128;
  if (container !== null) {
    const sub = args.toCText(1).slice(0, limit);
    return new ReplyError(`ERR unknown subcommand '${sub}'. Try ${container.name.toUpperCase()} HELP.`);
  }
  let quoted = '';
  for (let i = 1; i < args.count && quoted.length < limit; i++) {
    quoted += `'${args.toCText(i).slice(0, limit - quoted.length)}' `;
  }
  return new ReplyError(
    `ERR unknown command '${args.toCText(0).slice(0, limit)}', with args beginning with: ${quoted}`,
  );
}
