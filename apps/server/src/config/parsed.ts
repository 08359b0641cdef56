/** A parsed value with its exact text, or the error text of Redis for an invalid one. */
export type Parsed<T> = ParsedValue<T> | ParseFailure;

/** A value and the text that CONFIG GET replies. The text is exact, a JS number is not above 2^53. */
export interface ParsedValue<T> {
  readonly ok: true;
  readonly value: T;
  readonly text: string;
}

/** The error text of Redis for an invalid value. */
export interface ParseFailure {
  readonly ok: false;
  readonly error: string;
}

/** The result for a valid value. */
export function parsed<T>(value: T, text: string): ParsedValue<T> {
  return { ok: true, value, text };
}

/** The result for an invalid value. */
export function refused(error: string): ParseFailure {
  return { ok: false, error };
}
