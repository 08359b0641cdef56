import type { Invocation } from '../../command/invocation';
import { findString } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import { Target } from '../../keyspace/propagated-unit';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { readBits, readWideBits, toSigned, toUnsigned, writeBits, writeWideBits } from '../../values/bit-field';
import { fitBigInt, fitNumber } from '../../values/bit-field-overflow';
import type { StringView } from '../../values/string-view';
import { prepareBits } from './bit-string';
import type { FieldOperation } from './bitfield-operations';

/** The sum of an operand up to this size and a field of 32 bits is exact in a double. */
const MAX_NUMBER_OPERAND = 2n ** 52n;

/** Executes operations that are all GETs; creates and changes nothing. O(operations). */
export function readFields(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  operations: readonly FieldOperation[],
): void {
  const { view } = call.keyspace;
  const entry = findString(call, args, 1);
  if (entry !== 0) view.locate(entry);
  reply.array(operations.length);
  for (const { type, offset } of operations) {
    reply.integer(entry === 0 ? 0 : readField(view, type.isSigned, type.bits, offset));
  }
}

/**
 * Executes operations in order on the string at the key in argument 1, which first grows to include all of them. O(operations).
 */
export function changeFields(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  operations: readonly FieldOperation[],
): void {
  let lastBit = 0;
  for (const { action, offset, type } of operations) {
    if (action !== 'get') lastBit = Math.max(lastBit, offset + type.bits - 1);
  }
  const hasGrown = prepareBits(call, args, lastBit);
  const { view } = call.keyspace;
  let isChanged = false;
  reply.array(operations.length);
  for (const operation of operations) {
    const { action, type, offset } = operation;
    const old = readField(view, type.isSigned, type.bits, offset);
    if (action === 'get') {
      reply.integer(old);
      continue;
    }
    const fresh = freshValue(operation, old);
    if (fresh === null) {
      reply.null();
      continue;
    }
    writeField(view, type.bits, offset, fresh);
    isChanged ||= hasGrown || fresh !== old;
    reply.integer(action === 'set' ? old : fresh);
  }
  if (isChanged) call.database.changed(KeyEvents.string.setbit, args.bytes, args.start(1), args.end(1));
  // redis-server counts no change if the string has only grown (OVERFLOW FAIL), and its replicas lack the zeros then.
  else if (hasGrown) call.forcePropagation(Target.all);
}

/** The new value of a field: a number up to 32 bits, else a bigint; null if it overflows and the policy is FAIL. */
function freshValue(operation: FieldOperation, old: number | bigint): number | bigint | null {
  const { action, type, operand, overflow } = operation;
  if (typeof old === 'bigint' || operand > MAX_NUMBER_OPERAND || operand < -MAX_NUMBER_OPERAND) {
    const fresh =
      action === 'set' ? fitBigInt(type, operand, 0n, overflow) : fitBigInt(type, BigInt(old), operand, overflow);
    return fresh === null || typeof old === 'bigint' ? fresh : Number(fresh);
  }
  const step = Number(operand);
  return action === 'set' ? fitNumber(type, step, 0, overflow) : fitNumber(type, old, step, overflow);
}

function readField(view: StringView, isSigned: boolean, bits: number, offset: number): number | bigint {
  if (bits <= 32) {
    const value = readBits(view.bytes, view.start, view.end, offset, bits);
    return isSigned ? toSigned(value, bits) : value;
  }
  const value = readWideBits(view.bytes, view.start, view.end, offset, bits);
  return isSigned ? BigInt.asIntN(bits, value) : value;
}

function writeField(view: StringView, bits: number, offset: number, value: number | bigint): void {
  if (typeof value === 'bigint') writeWideBits(view.bytes, view.start, offset, bits, value);
  else writeBits(view.bytes, view.start, offset, bits, toUnsigned(value, bits));
}
