import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import type { KeyEvent } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import type { SortedSets } from '../../values/sorted-set/sorted-sets';
import { prepareSortedSet } from './prepare-sorted-set';
import type { SetOperation } from './set-operation';
import { SetOperationRequest } from './set-operation-request';
import { storeResult } from './store-result';
import { writeMembers } from './write-members';

/** Executes ZUNION, ZINTER and ZDIFF: replies with the members of the result, in order. O(members * (sources + log members)). */
export function replyWithResult(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  operation: SetOperation,
  hasAggregate: boolean,
): void {
  const { database } = call;
  const { sortedSets } = call.keyspace.values;
  const request = new SetOperationRequest(args, call, 1, { hasAggregate, hasScores: true, hasLimit: false });
  const entry = prepareSortedSet(call, args.bytes, 0, 0, 0);
  try {
    fill(sortedSets, entry, operation, request);
    sortedSets.cursor.toEnd(entry, false);
    writeMembers(reply, sortedSets, entry, sortedSets.size(entry), false, request.withScores);
  } finally {
    database.discard(entry);
  }
}

/**
 * Executes ZUNIONSTORE, ZINTERSTORE and ZDIFFSTORE: stores the result at the key in argument 1, and replies with its size. See
 * `replyWithResult`.
 */
export function replyWithStored(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  operation: SetOperation,
  hasAggregate: boolean,
  event: KeyEvent,
): void {
  const { sortedSets } = call.keyspace.values;
  const request = new SetOperationRequest(args, call, 2, { hasAggregate, hasScores: false, hasLimit: false });
  reply.integer(storeResult(args, call, 1, event, (entry) => fill(sortedSets, entry, operation, request)));
}

function fill(sortedSets: SortedSets, entry: Address, operation: SetOperation, request: SetOperationRequest): void {
  operation(request, (source, score) => {
    sortedSets.append(entry, source.bytes, source.start, source.end, score);
    return true;
  });
}
