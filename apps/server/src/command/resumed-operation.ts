import type { Address } from '@nanoredis/intrusive-ds';
import { Arguments } from '../request/arguments';
import type { Reply } from '../request/reply';
import type { WaitingOperation } from '../session/blocked-client';
import type { Session } from '../session/session';
import type { ValueType } from '../values/entry';
import type { Command } from './command';
import type { CommandStatistics } from './command-statistics';
import type { CommandTiming } from './command-timing';
import type { BlockedOperation, Invocation } from './invocation';
import type { SlowCommands } from './slow-commands';

/**
 * A blocked operation at work: serves as a call of its own, after the command that provided the value. As in redis-server, the
 * blocking command takes the time of its call and that of serving it, without the wait, and is logged as slow once it is served; one
 * that times out is not.
 */
export class ResumedOperation implements WaitingOperation {
  readonly type: ValueType;
  readonly #call: Invocation;
  readonly #operation: BlockedOperation;
  readonly #timing: CommandTiming;
  readonly #statistics: CommandStatistics;
  readonly #slowCommands: SlowCommands;
  #command: Command | null = null;
  readonly #args = new Arguments();
  #calledMicroseconds = 0;

  constructor(
    call: Invocation,
    operation: BlockedOperation,
    timing: CommandTiming,
    statistics: CommandStatistics,
    slowCommands: SlowCommands,
  ) {
    this.#call = call;
    this.#operation = operation;
    this.#timing = timing;
    this.#statistics = statistics;
    this.#slowCommands = slowCommands;
    this.type = operation.type;
  }

  /** Bytes of the arguments, which are kept for the slow log. O(arguments). */
  get argumentBytes(): number {
    return this.#args.argumentBytes();
  }

  /** The call is over, and has blocked its client. Copies the arguments. O(bytes). */
  wait(command: Command, args: Arguments, microseconds: number): void {
    this.#command = command;
    this.#args.assign(args);
    this.#calledMicroseconds = microseconds;
  }

  serve(entry: Address, key: Buffer, reply: Reply, session: Session): void {
    const call = this.#call;
    call.session = session;
    call.database = session.database;
    call.reply = reply;
    call.foreignErrors = reply.errors;
    const beganAtMs = this.#timing.begin();
    try {
      this.#operation.serve(entry, key, reply, call);
    } finally {
      this.#note(session, (this.#timing.end() - beganAtMs) * 1000);
    }
  }

  #note(session: Session, microseconds: number): void {
    const command = this.#command!;
    const total = this.#calledMicroseconds + microseconds;
    this.#statistics.recordServed(command, microseconds, total);
    this.#slowCommands.served(session, command, this.#args, total, microseconds);
  }
}
