import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import type { ListEnd } from '../../values/list/list-end';
import { requireListEnd } from './list-end-argument';
import { popElements } from './pop-elements';
import { propagatePop } from './propagate-pop';

const BAD_KEY_COUNT = new ReplyError('ERR numkeys should be greater than 0');
const BAD_COUNT = new ReplyError('ERR count should be greater than 0');

/**
 * The request of LMPOP and BLMPOP: the keys in arguments `firstKey` to `endKey` (exclusive), the end, and the number of elements.
 */
export interface PopRequest {
  readonly firstKey: number;
  readonly endKey: number;
  readonly end: ListEnd;
  readonly count: number;
}

/**
 * Parses `numkeys key [key …] LEFT|RIGHT [COUNT count]` from argument `index` on.
 * @throws ReplyError when the arguments are invalid.
 */
export function requirePopRequest(args: Arguments, index: number): PopRequest {
  const keyCount = args.requireIntegerBetween(index, 1, Number.POSITIVE_INFINITY, BAD_KEY_COUNT);
  const firstKey = index + 1;
  const endKey = firstKey + keyCount;
  if (endKey >= args.count) throw SYNTAX_ERROR;
  const end = requireListEnd(args, endKey);
  let count = -1;
  for (let i = endKey + 1; i < args.count; i += 2) {
    if (count !== -1 || !args.equals(i, 'count') || i + 1 >= args.count) throw SYNTAX_ERROR;
    count = args.requireIntegerBetween(i + 1, 1, Number.POSITIVE_INFINITY, BAD_COUNT);
  }
  return { firstKey, endKey, end, count: count === -1 ? 1 : count };
}

/**
 * Pops from the first key of the request that holds a list, and replies with the key and the elements. Returns whether there is
 * one; replies nothing otherwise. O(keys + elements popped).
 * @throws ReplyError when a key before it holds another type.
 */
export function popFromFirst(args: Arguments, reply: Reply, call: Invocation, request: PopRequest): boolean {
  const { bytes } = args;
  for (let i = request.firstKey; i < request.endKey; i++) {
    const entry = findValueForWrite(call, args, i, ValueType.list);
    if (entry === 0) continue;
    popWithKey(call, entry, bytes, args.start(i), args.end(i), request.end, request.count, reply);
    return true;
  }
  return false;
}

/**
 * Pops up to `count` elements of a list, and replies with its key and an array of the elements (LMPOP, BLMPOP).
 * O(elements popped).
 */
export function popWithKey(
  call: Invocation,
  entry: Address,
  key: Uint8Array,
  start: number,
  keyEnd: number,
  end: ListEnd,
  count: number,
  reply: Reply,
): void {
  reply.array(2);
  reply.bulk(key, start, keyEnd);
  const popped = popElements(call, entry, key, start, keyEnd, end, count, reply);
  propagatePop(call, key, start, keyEnd, end, popped);
}
