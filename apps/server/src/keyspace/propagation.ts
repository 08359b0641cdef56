import type { ReplyWriter, Request } from '@nanoredis/resp-codec';
import { type ChangeFlags, Interest, PENDING_OF_CALL, Pending } from './change-flags';
import { PropagatedUnit, Target } from './propagated-unit';

/** Receives what is propagated: the append-only file, the stream to replicas. */
export interface PropagationSink {
  /** Bits of Target: commands for other targets are left out if no sink wants those. */
  readonly targets: number;
  /** Takes the commands of one execution unit. `unit` and its bytes are valid only during the call. */
  write(unit: PropagatedUnit): void;
}

/**
 * What the append-only file and replicas will get: for each command that has changed something the command as it came, or
 * what it declares in its place. The commands of an execution unit (a top-level call with all calls inside it) go to the
 * sinks together when the unit ends; more than one are a transaction.
 *
 * While there is no sink, nothing is encoded.
 */
export class Propagation {
  readonly #flags: ChangeFlags;
  readonly #unit = new PropagatedUnit();
  readonly #sinks: PropagationSink[] = [];
  /** The targets of all sinks. */
  #wanted = 0;

  constructor(flags: ChangeFlags) {
    this.#flags = flags;
  }

  /** Whether there is a sink: without one, a command does not have to say what is propagated in its place. O(1). */
  get isOn(): boolean {
    return this.#wanted !== 0;
  }

  /** Sends everything from the next execution unit on to `sink` too. */
  addSink(sink: PropagationSink): void {
    this.#sinks.push(sink);
    this.#updateTargets();
  }

  /** Ends what `addSink` began. */
  removeSink(sink: PropagationSink): void {
    const index = this.#sinks.indexOf(sink);
    if (index >= 0) this.#sinks.splice(index, 1);
    this.#updateTargets();
  }

  /**
   * Propagates a command of `argc` arguments in place of the running one; called more than once, several. The caller
   * writes exactly `argc` bulk strings, the name included, to the writer before it calls anything else here. O(1).
   */
  replaceWith(argc: number, databaseIndex: number, targets: number = Target.all): ReplyWriter {
    this.#flags.pending |= Pending.replaced;
    return this.#add(argc, databaseIndex, targets);
  }

  /** Propagates nothing for the running command, whatever it changes. O(1). */
  suppress(): void {
    if (this.#wanted !== 0) this.#flags.pending |= Pending.replaced;
  }

  /** Propagates the running command as it came to `targets` (bits of Target), even if it changes nothing. O(1). */
  force(targets: number): void {
    const wanted = targets & this.#wanted;
    if ((wanted & Target.file) !== 0) this.#flags.pending |= Pending.forcedToFile;
    if ((wanted & Target.replicas) !== 0) this.#flags.pending |= Pending.forcedToReplicas;
  }

  /** A key was deleted by no command: because it has expired, or to free memory. O(key length). */
  keyDeleted(databaseIndex: number, key: Uint8Array, start: number, end: number, lazily: boolean): void {
    const writer = this.#add(2, databaseIndex, Target.all);
    writer.bulkString(lazily ? 'UNLINK' : 'DEL');
    writer.bulk(key, start, end);
  }

  /**
   * Ends a call: what it has not replaced is propagated as it came, if it has changed something. O(bytes of the request).
   * @param databaseIndex the database in which it ran.
   */
  endCall(request: Request, databaseIndex: number): void {
    const pending = this.#flags.pending & PENDING_OF_CALL;
    this.#flags.pending &= ~PENDING_OF_CALL;
    if ((pending & Pending.replaced) !== 0) return;
    let targets = (pending & Pending.changed) !== 0 ? Target.all : 0;
    if ((pending & Pending.forcedToFile) !== 0) targets |= Target.file;
    if ((pending & Pending.forcedToReplicas) !== 0) targets |= Target.replicas;
    if (targets === 0) return;
    const writer = this.#add(request.count, databaseIndex, targets);
    for (let i = 0; i < request.count; i++) writer.bulk(request.bytes, request.start(i), request.end(i));
  }

  /**
   * Hands the unit to the sinks, with MULTI and EXEC around more than one command if `isTransaction`. O(commands in it),
   * besides what the sinks cost.
   */
  endUnit(isTransaction: boolean): void {
    this.#flags.pending &= ~Pending.unit;
    const unit = this.#unit;
    if (unit.count === 0) return;
    if (isTransaction && unit.count > 1) unit.wrap();
    for (const sink of this.#sinks) sink.write(unit);
    unit.clear();
  }

  #add(argc: number, databaseIndex: number, targets: number): ReplyWriter {
    this.#flags.pending |= Pending.unit;
    return this.#unit.add(argc, databaseIndex, targets);
  }

  #updateTargets(): void {
    this.#wanted = this.#sinks.reduce((bits, sink) => bits | sink.targets, 0);
    this.#flags.setInterest(Interest.propagation, this.#wanted !== 0);
  }
}
