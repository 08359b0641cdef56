import { ReplyError } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { Session } from '../../session/session';
import { parseBigInteger, parseInteger } from '../../values/integer';

const OFFSET_ERROR = new ReplyError('ERR bit offset is not an integer or out of range');
const HASH_SIGN = 0x23;

/**
 * The bit offset at argument `index`: 0 up to the last bit of a string of proto-max-bulk-len bytes. O(1).
 * @throws ReplyError where it is none.
 */
export function requireBitOffset(session: Session, args: Arguments, index: number): number {
  return checkOffset(session, parseInteger(args.bytes, args.start(index), args.end(index)));
}

/** Like `requireBitOffset`; behind a `#`, the offset counts fields of `bits` bits. */
export function requireFieldOffset(session: Session, args: Arguments, index: number, bits: number): number {
  const start = args.start(index);
  if (start === args.end(index) || args.bytes[start] !== HASH_SIGN) return requireBitOffset(session, args, index);
  const count = parseBigInteger(args.bytes, start + 1, args.end(index));
  if (count === null) throw OFFSET_ERROR;
  // Redis multiplies in 64 bits, and what is left after an overflow may pass.
  return checkOffset(session, Number(BigInt.asIntN(64, count * BigInt(bits))));
}

function checkOffset(session: Session, offset: number): number {
  // The comparison is false for NaN too.
  if (offset >= 0 && offset < session.instance.maxStringBytes * 8) return offset;
  throw OFFSET_ERROR;
}
