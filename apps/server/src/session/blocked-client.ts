import type { Address } from '@nanoredis/intrusive-ds';
import type { HeapPosition } from '@nanoredis/intrusive-ds/objects';
import { type BlockedKey, type KeyWaiter, WaitsFor } from '../keyspace/blocked-keys';
import type { Reply } from '../request/reply';
import type { ValueType } from '../values/entry';
import type { Block, Session } from './session';
import type { ReplySink } from './transport';

/** The operation of a blocked client, which is executed once one of its keys holds a value. */
export interface WaitingOperation {
  /** Values of other types do not end the wait. */
  readonly type: ValueType;
  /** Bytes of the arguments of the command, which are kept. */
  readonly argumentBytes: number;
  /**
   * Takes from `entry`, the value under `key` in the session's database, and writes exactly one reply.
   * @throws ReplyError before anything was changed or written; it becomes the reply, and the value goes to the next
   * blocked client.
   */
  serve(entry: Address, key: Buffer, reply: Reply, session: Session): void;
}

/** Keeps the blocked clients. */
export interface BlockedClientOwner {
  /** A key of the client is ready: `entry` is its value, of the type that the client waits for. */
  serve(client: BlockedClient, key: BlockedKey, entry: Address): void;
  /** The session of the client has ended. */
  cancel(client: BlockedClient): void;
}

/** A session that waits in a blocking command: for a value under one of its keys, for its deadline, or for CLIENT UNBLOCK. */
export class BlockedClient implements Block, KeyWaiter, HeapPosition {
  readonly blockedKeys: BlockedKey[] = [];
  readonly waitsFor = WaitsFor.creation;
  heapPosition = -1;
  session: Session;
  /** Where the reply goes; null while the session has no client. */
  sink: ReplySink | null;
  readonly operation: WaitingOperation;
  /** When it stops waiting, ms since the epoch by the server's clock; infinite: never. */
  readonly deadlineMs: number;
  /** CLIENT REPLY was off or skipped this command: its operation is executed, and its reply is not sent. */
  readonly isSilent: boolean;
  readonly #owner: BlockedClientOwner;

  constructor(owner: BlockedClientOwner, session: Session, operation: WaitingOperation, deadlineMs: number) {
    this.#owner = owner;
    this.session = session;
    this.sink = session.transport;
    this.operation = operation;
    this.deadlineMs = deadlineMs;
    this.isSilent = session.replyMode !== 'on';
  }

  get argumentBytes(): number {
    return this.operation.argumentBytes;
  }

  get type(): ValueType {
    return this.operation.type;
  }

  serve(key: BlockedKey, entry: Address): void {
    this.#owner.serve(this, key, entry);
  }

  cancel(): void {
    this.#owner.cancel(this);
  }
}
