import { ReplyError } from '../errors';
import type { Clock } from '../runtime/clock';
import { parseInteger } from '../values/integer';
import { ceilLongDouble, multiplyLongDouble, parseLongDouble } from '../values/long-double';
import type { Arguments } from './arguments';

const NOT_A_TIMEOUT = new ReplyError('ERR timeout is not a float or out of range');
const NEGATIVE_TIMEOUT = new ReplyError('ERR timeout is negative');

/** Milliseconds that do not fit into 63 bits: C converts them to the lowest integer, so they count as negative. */
const TOO_LONG = 2n ** 63n;

/**
 * The time at which a blocking command stops waiting, from its timeout in seconds (0: never) at argument `index`: ms
 * since the epoch by the server's clock, or infinite. The timeout is rounded up to whole milliseconds, as redis-server
 * does it.
 * @throws ReplyError when it is no number, or negative.
 */
export function requireDeadline(args: Arguments, index: number, clock: Clock): number {
  // Usually it is a few whole seconds; everything else needs the arithmetic of C.
  const whole = parseInteger(args.bytes, args.start(index), args.end(index));
  if (whole === 0) return Number.POSITIVE_INFINITY;
  if (whole > 0 && whole <= Number.MAX_SAFE_INTEGER / 2000) return clock.nowMs() + whole * 1000;
  const seconds = parseLongDouble(args.bytes, args.start(index), args.end(index));
  if (seconds === null) throw NOT_A_TIMEOUT;
  const exact = multiplyLongDouble(seconds, 1000n);
  const timeoutMs = exact === null ? TOO_LONG : ceilLongDouble(exact);
  if (timeoutMs < 0n || timeoutMs >= TOO_LONG) throw NEGATIVE_TIMEOUT;
  return timeoutMs === 0n ? Number.POSITIVE_INFINITY : clock.nowMs() + Number(timeoutMs);
}
