import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { ReplyError, WRONG_TYPE } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { Encoding, ValueType } from '../../values/entry';
import { ListEnd } from '../../values/list/list-end';
import { SortKey, SortVector } from '../../values/sort-vector';
import { loadElements } from './load-elements';
import { SortLookup } from './sort-lookup';
import { readSortNumber } from './sort-number';
import { SortOptions } from './sort-options';

const NOT_NUMBERS = new ReplyError("ERR One or more scores can't be converted into double");

/** Scratch of one call: valid until the command ends or calls another command. */
const vector = new SortVector();
/** Scratch of one call: valid until the command ends or calls another command. */
const lookup = new SortLookup();

/**
 * SORT and SORT_RO: sorts the elements of a list, set or sorted set by themselves or by the values that a pattern names. Replies
 * with them, or with the values that other patterns name, or stores these as a list. O(n log n), O(n) without sorting.
 */
export function sortElements(args: Arguments, reply: Reply, call: Invocation, mayStore: boolean): void {
  const { database } = call;
  const options = new SortOptions(args, mayStore);
  const entry = database.findForRead(args.bytes, args.start(1), args.end(1));
  const type = entry === 0 ? ValueType.list : database.typeOf(entry);
  if (type !== ValueType.list && type !== ValueType.set && type !== ValueType.sortedSet) throw WRONG_TYPE;
  // Members of a set have no order, but a stored result must be deterministic.
  if (options.keepsOrder && type === ValueType.set && options.target !== 0) {
    options.keepsOrder = false;
    options.isAlphabetic = true;
    options.by = 0;
  }
  vector.clear();
  try {
    const range = loadElements(vector, call, entry, options);
    if (!options.keepsOrder) sort(args, call, options, range.first, range.last);
    if (options.target === 0) replyElements(args, reply, call, options, range.first, range.last);
    else storeElements(args, reply, call, options, range.first, range.last);
  } finally {
    vector.clear();
  }
}

function sort(args: Arguments, call: Invocation, options: SortOptions, first: number, last: number): void {
  const { by, isAlphabetic, isDescending } = options;
  let areNumbers = true;
  for (let i = 0; i < vector.count && (by !== 0 || !isAlphabetic); i++) {
    let bytes: Uint8Array = vector.bytes;
    let start = vector.start(i);
    let end = vector.end(i);
    if (by !== 0) {
      if (!lookup.find(call, args, by, bytes, start, end)) continue;
      bytes = lookup.bytes;
      start = lookup.start;
      end = lookup.end;
    }
    if (isAlphabetic) vector.setText(i, bytes, start, end);
    else if (!readSortNumber(bytes, start, end, vector.numbers, i)) areNumbers = false;
  }
  if (!areNumbers) throw NOT_NUMBERS;
  const key = !isAlphabetic ? SortKey.number : by === 0 ? SortKey.element : SortKey.text;
  // As in Redis, only a sort by a pattern is partial: that decides the order of equal elements.
  if (by === 0) vector.sort(key, isDescending, options.target === 0, 0, vector.count - 1);
  else vector.sort(key, isDescending, options.target === 0, first, last);
}

function replyElements(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  { gets }: SortOptions,
  first: number,
  last: number,
): void {
  const { bytes } = vector;
  reply.array((last - first + 1) * Math.max(1, gets.length));
  for (let place = first; place <= last; place++) {
    const element = vector.at(place);
    const start = vector.start(element);
    const end = vector.end(element);
    if (gets.length === 0) reply.bulk(bytes, start, end);
    for (const pattern of gets) {
      if (lookup.find(call, args, pattern, bytes, start, end)) reply.bulk(lookup.bytes, lookup.start, lookup.end);
      else reply.null();
    }
  }
}

function storeElements(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  options: SortOptions,
  first: number,
  last: number,
): void {
  const { database } = call;
  const start = args.start(options.target);
  const end = args.end(options.target);
  const count = (last - first + 1) * Math.max(1, options.gets.length);
  if (count > 0) {
    const entry = prepareList(args, call, options, first, last);
    try {
      database.attach(entry);
    } catch (error) {
      database.discard(entry);
      throw error;
    }
    database.changed(KeyEvents.list.sortstore, args.bytes, start, end, count);
  } else {
    const old = database.find(args.bytes, start, end);
    if (old !== 0) {
      database.remove(old);
      database.changed(KeyEvents.generic.del, args.bytes, start, end);
    }
  }
  reply.integer(count);
}

/** An entry with the list to be stored; it is not in the database yet. */
function prepareList(args: Arguments, call: Invocation, options: SortOptions, first: number, last: number): Address {
  const { database } = call;
  const { lists } = call.keyspace.values;
  const list = lists.create();
  try {
    for (let place = first; place <= last; place++) {
      const element = vector.at(place);
      pushResult(args, call, options, list, vector.start(element), vector.end(element));
    }
    const { target } = options;
    return database.prepare(args.bytes, args.start(target), args.end(target), ValueType.list, Encoding.quicklist, list);
  } catch (error) {
    lists.free(list);
    throw error;
  }
}

function pushResult(
  args: Arguments,
  call: Invocation,
  { gets }: SortOptions,
  list: Address,
  start: number,
  end: number,
): void {
  const { lists } = call.keyspace.values;
  const { bytes } = vector;
  if (gets.length === 0) lists.push(list, ListEnd.back, bytes, start, end);
  for (const pattern of gets) {
    // A missing value becomes an empty element.
    if (!lookup.find(call, args, pattern, bytes, start, end)) lists.push(list, ListEnd.back, bytes, 0, 0);
    else lists.push(list, ListEnd.back, lookup.bytes, lookup.start, lookup.end);
  }
}
