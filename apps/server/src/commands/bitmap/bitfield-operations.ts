import type { Invocation } from '../../command/invocation';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { FieldType, OverflowPolicy } from '../../values/bit-field-overflow';
import { parseInteger } from '../../values/integer';
import { requireFieldOffset } from './bit-offset';

const INVALID_TYPE = new ReplyError(
  'ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.',
);
const INVALID_OVERFLOW = new ReplyError('ERR Invalid OVERFLOW type specified');

/** One GET, SET or INCRBY of a BITFIELD. */
export interface FieldOperation {
  readonly action: 'get' | 'set' | 'incrby';
  readonly type: FieldType;
  readonly offset: number;
  /** The value of SET or the increment of INCRBY; 0 for GET. */
  readonly operand: bigint;
  readonly overflow: OverflowPolicy;
}

/**
 * Parses the operations of BITFIELD or BITFIELD_RO from argument 2 on. O(arguments).
 * @throws ReplyError when an operation is invalid.
 */
export function readFieldOperations(call: Invocation, args: Arguments): FieldOperation[] {
  const operations: FieldOperation[] = [];
  let overflow: OverflowPolicy = 'wrap';
  for (let i = 2; i < args.count; ) {
    const following = args.count - i - 1;
    if (following >= 1 && args.equals(i, 'overflow')) {
      overflow = requireOverflowPolicy(args, i + 1);
      i += 2;
      continue;
    }
    const action = following >= 2 ? findAction(args, i) : null;
    if (action === null || (action !== 'get' && following < 3)) throw SYNTAX_ERROR;
    const type = requireFieldType(args, i + 1);
    const offset = requireFieldOffset(call, args, i + 2, type.bits);
    const operand = action === 'get' ? 0n : args.requireBigInteger(i + 3);
    operations.push({ action, type, offset, operand, overflow });
    i += action === 'get' ? 3 : 4;
  }
  return operations;
}

function findAction(args: Arguments, index: number): FieldOperation['action'] | null {
  if (args.equals(index, 'get')) return 'get';
  if (args.equals(index, 'set')) return 'set';
  return args.equals(index, 'incrby') ? 'incrby' : null;
}

function requireOverflowPolicy(args: Arguments, index: number): OverflowPolicy {
  if (args.equals(index, 'wrap')) return 'wrap';
  if (args.equals(index, 'sat')) return 'sat';
  if (args.equals(index, 'fail')) return 'fail';
  throw INVALID_OVERFLOW;
}

function requireFieldType(args: Arguments, index: number): FieldType {
  const start = args.start(index);
  const sign = start === args.end(index) ? 0 : args.bytes[start];
  const isSigned = sign === 0x69;
  const bits = parseInteger(args.bytes, start + 1, args.end(index));
  // False for NaN too.
  if ((isSigned || sign === 0x75) && bits >= 1 && bits <= (isSigned ? 64 : 63)) return { isSigned, bits };
  throw INVALID_TYPE;
}
