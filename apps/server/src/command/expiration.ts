import { invalidExpireTime } from '../errors';
import type { Session } from '../session/session';
import type { Arguments } from './arguments';

/** How a time in an argument is meant: its unit, and whether it counts from now or from the epoch. */
export interface TimeForm {
  readonly unitMs: 1 | 1000;
  readonly isAbsolute: boolean;
}

/** The options that set a deadline, by their token. */
export const EXPIRATION_OPTIONS: readonly (readonly [token: string, form: TimeForm])[] = [
  ['ex', { unitMs: 1000, isAbsolute: false }],
  ['px', { unitMs: 1, isAbsolute: false }],
  ['exat', { unitMs: 1000, isAbsolute: true }],
  ['pxat', { unitMs: 1, isAbsolute: true }],
];

/** Latest deadline that is kept, ms since the epoch: the whole numbers that a double tells apart end here. */
export const LATEST_DEADLINE_MS = Number.MAX_SAFE_INTEGER;

const INT64_MAX = 2 ** 63;

/** The form that the argument at `index` names, or null. O(1). */
export function expirationForm(args: Arguments, index: number): TimeForm | null {
  for (const [token, form] of EXPIRATION_OPTIONS) if (args.equals(index, token)) return form;
  return null;
}

/**
 * The deadline that the argument at `index` gives in a form, in ms since the epoch.
 * @throws ReplyError where it is no integer, not positive, or overflows 64 bits of milliseconds; names `command`.
 */
export function requireDeadline(
  session: Session,
  args: Arguments,
  index: number,
  form: TimeForm,
  command: string,
): number {
  const time = args.requireInteger(index);
  if (time <= 0 || time * form.unitMs >= INT64_MAX) throw invalidExpireTime(command);
  const base = form.isAbsolute ? 0 : session.instance.keyspace.nowMs;
  const deadlineMs = time * form.unitMs + base;
  if (deadlineMs >= INT64_MAX) throw invalidExpireTime(command);
  return Math.min(deadlineMs, LATEST_DEADLINE_MS);
}
