import { type Address, copyBytes } from '@nanoredis/intrusive-ds';
import { writeInteger } from '@nanoredis/resp-codec';
import type { Invocation } from '../../command/invocation';
import { findStringForWrite } from '../../command/lookup';
import { NOT_AN_INTEGER, OVERFLOW } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { Encoding } from '../../values/entry';
import { INT64_MAX, INT64_MIN, parseBigInteger, parseInteger } from '../../values/integer';

/** The digits of a new value before they are stored; 20 bytes hold every 64-bit number. Scratch of one call: valid until the command ends or calls another command. */
const digits = new Uint8Array(20);

/**
 * Adds `step`, a safe integer, to the number at the key in argument 1 and replies with the sum. O(1).
 * Hot: allocates nothing while all three numbers are safe integers.
 * @throws ReplyError when the value is not an integer, or the sum exceeds 64 bits.
 */
export function incrementBy(args: Arguments, reply: Reply, call: Invocation, step: number): void {
  const { view } = call.keyspace;
  const entry = findStringForWrite(call, args, 1);
  let value = 0;
  if (entry !== 0) {
    view.locate(entry);
    value = parseInteger(view.bytes, view.start, view.end);
    if (Number.isNaN(value)) throw NOT_AN_INTEGER;
  }
  const sum = value + step;
  if (!Number.isSafeInteger(value) || !Number.isSafeInteger(sum)) {
    addExactly(args, reply, call, entry, BigInt(step));
    return;
  }
  storeNumber(args, call, entry, writeInteger(digits, 0, sum));
  reply.integer(sum);
}

/** `incrementBy` for a step beyond 2^53. */
export function incrementByBig(args: Arguments, reply: Reply, call: Invocation, step: bigint): void {
  addExactly(args, reply, call, findStringForWrite(call, args, 1), step);
}

function addExactly(args: Arguments, reply: Reply, call: Invocation, entry: Address, step: bigint): void {
  const { view } = call.keyspace;
  const value = entry === 0 ? 0n : parseBigInteger(view.locate(entry).bytes, view.start, view.end);
  if (value === null) throw NOT_AN_INTEGER;
  const sum = value + step;
  if (sum < INT64_MIN || sum > INT64_MAX) throw OVERFLOW;
  storeNumber(args, call, entry, writeInteger(digits, 0, sum));
  reply.integer(sum);
}

/** Stores `digits[0, length)`. A number with as many digits as before is overwritten in place. */
function storeNumber(args: Arguments, call: Invocation, entry: Address, length: number): void {
  const { database } = call;
  const { view } = call.keyspace;
  const start = args.start(1);
  const end = args.end(1);
  if (entry !== 0 && database.encodingOf(entry) === Encoding.int && view.locate(entry).length === length) {
    copyBytes(digits, 0, length, view.bytes, view.start);
  } else {
    database.strings.set(args.bytes, start, end, digits, 0, length, true, Encoding.int);
  }
  database.changed(KeyEvents.string.incrby, args.bytes, start, end);
}
