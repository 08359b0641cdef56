import type { Address } from '@nanoredis/intrusive-ds';
import type { BlockedOperation, Invocation } from '../../command/invocation';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import { popMembers } from './pop-members';

/** The pop of a command with several keys, at once or when a key gets members. The reply contains the key. */
export class KeyedPop implements BlockedOperation {
  readonly type = ValueType.sortedSet;

  /**
   * @param fromMax whether to pop the members with the highest scores.
   * @param count maximum number of members.
   * @param isNested whether the reply is the key and an array of pairs (ZMPOP) instead of a flat array (BZPOPMIN).
   */
  constructor(
    readonly fromMax: boolean,
    readonly count: number,
    readonly isNested: boolean,
  ) {}

  serve(entry: Address, key: Buffer, reply: Reply, call: Invocation): void {
    this.take(entry, key, 0, key.length, reply, call);
  }

  /** Pops from the sorted set under the key `bytes[start, end)`, and replies. O(log n + members). */
  take(entry: Address, bytes: Uint8Array, start: number, end: number, reply: Reply, call: Invocation): void {
    const { fromMax, isNested } = this;
    const count = Math.min(this.count, call.keyspace.values.sortedSets.size(entry));
    reply.array(isNested ? 2 : 2 * count + 1);
    reply.bulk(bytes, start, end);
    if (isNested) reply.array(count);
    popMembers(call, entry, bytes, start, end, reply, fromMax, count, isNested);
    if (call.isPropagated) this.#propagate(bytes, start, end, count, call);
  }

  /** Propagates ZPOPMIN or ZPOPMAX in place of the command, which names several keys and may have waited. */
  #propagate(bytes: Uint8Array, start: number, end: number, count: number, call: Invocation): void {
    const command = call.propagateAs(this.isNested ? 3 : 2);
    command.bulkString(this.fromMax ? 'ZPOPMAX' : 'ZPOPMIN');
    command.bulk(bytes, start, end);
    if (this.isNested) command.bulkNumber(count);
  }
}
