import { ReplyError, SYNTAX_ERROR } from '../errors';
import { Glob } from '../values/glob';
import type { Arguments } from './arguments';

const INVALID_CURSOR = new ReplyError('ERR invalid cursor');
/** Maximum length of a cursor. Redis accepts longer ones if they begin with zeros. */
const MAX_CURSOR_BYTES = 1024;
const ULONG_MAX = 2n ** 64n - 1n;
const STAR = 0x2a;

/** Decimal text as C's strtoul reads it up to a NUL byte; the callers of strtoul in Redis refuse leading blanks. */
const UNSIGNED = /^(?:([+-]?)(\d+))?(?:\0|$)/;

/**
 * The low 32 bits of the cursor at `index`; a table needs no more. O(length).
 * @throws ReplyError when strtoul would not read it to its end, or it does not fit into 64 bits.
 */
export function requireCursor(args: Arguments, index: number): number {
  if (args.length(index) > MAX_CURSOR_BYTES) throw INVALID_CURSOR;
  const parts = UNSIGNED.exec(args.toLatin1(index));
  if (parts === null) throw INVALID_CURSOR;
  const magnitude = BigInt(parts[2] ?? '0');
  if (magnitude > ULONG_MAX) throw INVALID_CURSOR;
  return Number(BigInt.asUintN(32, parts[1] === '-' ? -magnitude : magnitude));
}

/** The options of SCAN, HSCAN, SSCAN and ZSCAN, which follow the cursor. */
export class ScanOptions {
  /** COUNT: how many elements a call should return. */
  count = 10;
  /** TYPE of SCAN: the type of keys to return, in lower case; null for all. */
  typeName: string | null = null;
  /** Null if every name matches. */
  #pattern: Glob | null = null;

  /**
   * Reads the options from argument `first` on.
   * @throws ReplyError when they are invalid.
   */
  constructor(args: Arguments, first: number, takesType: boolean) {
    for (let i = first; i < args.count; i += 2) {
      if (i + 1 === args.count) throw SYNTAX_ERROR;
      if (args.equals(i, 'count')) {
        this.count = args.requireInteger(i + 1);
        if (this.count < 1) throw SYNTAX_ERROR;
      } else if (args.equals(i, 'match')) {
        this.#pattern = matchesEverything(args, i + 1)
          ? null
          : new Glob(args.bytes, args.start(i + 1), args.end(i + 1));
      } else if (takesType && args.equals(i, 'type')) {
        this.typeName = args.toName(i + 1).toLowerCase();
      } else {
        throw SYNTAX_ERROR;
      }
    }
  }

  /** Whether a name matches the pattern, if there is one. See `Glob` for the cost. */
  matches(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#pattern === null || this.#pattern.matches(bytes, start, end);
  }
}

/** Whether the argument at `index` is `*` alone. It matches the empty name too; a pattern of several stars does not. O(1). */
export function matchesEverything(args: Arguments, index: number): boolean {
  return args.length(index) === 1 && args.bytes[args.start(index)] === STAR;
}
