/** A value that was read together with its exact text, or the error text that Redis gives for what stands there instead. */
export type Parsed<T> = ParsedValue<T> | ParseFailure;

/** A value and what CONFIG GET shows for it (the text stays exact where a JS number could not, above 2^53). */
export interface ParsedValue<T> {
  readonly ok: true;
  readonly value: T;
  readonly text: string;
}

/** Why a value was refused, in Redis' own words. */
export interface ParseFailure {
  readonly ok: false;
  readonly error: string;
}

/** A value that was read. */
export function parsed<T>(value: T, text: string): ParsedValue<T> {
  return { ok: true, value, text };
}

/** A value that was refused. */
export function refused(error: string): ParseFailure {
  return { ok: false, error };
}
