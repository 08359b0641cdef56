import type { Address } from '@nanoredis/intrusive-ds';
import type { HeapPosition } from '@nanoredis/intrusive-ds/objects';
import { type BlockedKey, type KeyWaiter, WaitsFor } from '../keyspace/blocked-keys';
import type { Reply } from '../request/reply';
import type { ValueType } from '../values/entry';
import type { Block, Session } from './session';
import type { ReplySink } from './transport';

/** What a blocking command leaves behind when it finds nothing to take: what it waits for, and how it takes it later. */
export interface Demand {
  /** Keys that come to hold a value of another type leave it waiting. */
  readonly type: ValueType;
  /**
   * Takes from `entry`, the value that has come to be under `key` in the session's database, and writes exactly one
   * reply. The commands of `session` go on afterwards.
   * @throws ReplyError, before anything was changed or written; it becomes the reply, and the value goes to the next
   * who waits.
   */
  serve(entry: Address, key: Buffer, reply: Reply, session: Session): void;
}

/** Keeps the blocked clients. */
export interface BlockedClientOwner {
  serve(client: BlockedClient, key: BlockedKey, entry: Address): void;
  /** The session of a client has ended. */
  cancel(client: BlockedClient): void;
}

/**
 * A session that waits in a blocking command: for a value under one of its keys, for its time to be up, or for CLIENT
 * UNBLOCK.
 */
export class BlockedClient implements Block, KeyWaiter, HeapPosition {
  readonly blockedKeys: BlockedKey[] = [];
  readonly waitsFor = WaitsFor.creation;
  heapPosition = -1;
  /** CLIENT REPLY was off or skipped this command: it is served, and nobody hears of it. */
  readonly isSilent: boolean;
  readonly #owner: BlockedClientOwner;

  /** @param deadlineMs when it stops waiting, ms since the epoch by the server's clock; infinite: never. */
  constructor(
    owner: BlockedClientOwner,
    public session: Session,
    public sink: ReplySink | null,
    readonly demand: Demand,
    readonly deadlineMs: number,
  ) {
    this.#owner = owner;
    this.isSilent = session.replyMode !== 'on';
  }

  get type(): ValueType {
    return this.demand.type;
  }

  serve(key: BlockedKey, entry: Address): void {
    this.#owner.serve(this, key, entry);
  }
  cancel(): void {
    this.#owner.cancel(this);
  }
}
