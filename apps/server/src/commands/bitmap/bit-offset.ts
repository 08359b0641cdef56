import type { Invocation } from '../../command/invocation';
import { ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { parseBigInteger, parseInteger } from '../../values/integer';

const OFFSET_ERROR = new ReplyError('ERR bit offset is not an integer or out of range');
const HASH_SIGN = 0x23;

/**
 * The bit offset at argument `index`: 0 up to the last bit of a string of proto-max-bulk-len bytes. O(1).
 * @throws ReplyError when the offset is invalid.
 */
export function requireBitOffset(call: Invocation, args: Arguments, index: number): number {
  return checkOffset(call, parseInteger(args.bytes, args.start(index), args.end(index)));
}

/** Like `requireBitOffset`, but an offset after `#` counts fields of `bits` bits. */
export function requireFieldOffset(call: Invocation, args: Arguments, index: number, bits: number): number {
  const start = args.start(index);
  if (start === args.end(index) || args.bytes[start] !== HASH_SIGN) return requireBitOffset(call, args, index);
  const count = parseBigInteger(args.bytes, start + 1, args.end(index));
  if (count === null) throw OFFSET_ERROR;
  // Redis multiplies in 64 bits, so an offset that overflows may be valid.
  return checkOffset(call, Number(BigInt.asIntN(64, count * BigInt(bits))));
}

function checkOffset(call: Invocation, offset: number): number {
  // False for NaN too.
  if (offset >= 0 && offset < call.keyspace.values.maxStringBytes * 8) return offset;
  throw OFFSET_ERROR;
}
