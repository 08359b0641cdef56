import { invalidExpireTime } from '../errors';
import { INT64_MAX, INT64_MIN } from '../values/integer';
import type { Arguments } from './arguments';

/** The form of a time in an argument: its unit, and whether it is relative to now or to the epoch. */
export interface TimeForm {
  readonly unitMs: 1 | 1000;
  readonly isAbsolute: boolean;
}

export const SECONDS_FROM_NOW: TimeForm = { unitMs: 1000, isAbsolute: false };
export const MILLISECONDS_FROM_NOW: TimeForm = { unitMs: 1, isAbsolute: false };
export const UNIX_SECONDS: TimeForm = { unitMs: 1000, isAbsolute: true };
export const UNIX_MILLISECONDS: TimeForm = { unitMs: 1, isAbsolute: true };

/** The options that set a deadline, by their token. */
export const EXPIRATION_OPTIONS: readonly (readonly [token: string, form: TimeForm])[] = [
  ['ex', SECONDS_FROM_NOW],
  ['px', MILLISECONDS_FROM_NOW],
  ['exat', UNIX_SECONDS],
  ['pxat', UNIX_MILLISECONDS],
];

/** The latest deadline, ms since the epoch: the largest integer that a double holds exactly. */
export const LATEST_DEADLINE_MS = Number.MAX_SAFE_INTEGER;

/** Times up to this one are exact as doubles in every form. */
const EXACT_TIME = 2 ** 42;

/** The form that the argument at `index` names, or null. O(1). */
export function expirationForm(args: Arguments, index: number): TimeForm | null {
  for (const [token, form] of EXPIRATION_OPTIONS) if (args.equals(index, token)) return form;
  return null;
}

/**
 * The deadline that the argument at `index` gives in a form, in ms since the epoch; it may be in the past. `nowMs` is the
 * time of the keyspace.
 * @throws ReplyError when it is no integer, or its milliseconds overflow 64 bits; the text names `command`.
 */
export function requireTime(args: Arguments, index: number, form: TimeForm, nowMs: number, command: string): number {
  const time = args.requireInteger(index);
  if (Math.abs(time) <= EXACT_TIME) return time * form.unitMs + (form.isAbsolute ? 0 : nowMs);
  const whenMs = args.requireBigInteger(index) * BigInt(form.unitMs);
  if (whenMs < INT64_MIN || whenMs + (form.isAbsolute ? 0n : BigInt(nowMs)) > INT64_MAX) {
    throw invalidExpireTime(command);
  }
  return Math.min(Number(whenMs) + (form.isAbsolute ? 0 : nowMs), LATEST_DEADLINE_MS);
}

/**
 * Like `requireTime`, for a time that has to be positive.
 * @throws ReplyError when it is not, too.
 */
export function requireDeadline(
  args: Arguments,
  index: number,
  form: TimeForm,
  nowMs: number,
  command: string,
): number {
  if (args.requireInteger(index) <= 0) throw invalidExpireTime(command);
  return requireTime(args, index, form, nowMs, command);
}
