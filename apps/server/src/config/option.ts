import type { Parsed } from './parsed';

/**
 * What NanoRedis does with an option that it accepts.
 *
 * - `full`: the server acts on it.
 * - `none yet`: accepted, checked, reported and rewritten, but the feature behind it is still to come.
 * - `never`: concerns something that NanoRedis does not have by design (jemalloc, transparent huge pages); accepted so that
 *   an existing redis.conf loads.
 */
export type Effect = 'full' | 'none yet' | 'never';

/** One line that CONFIG REWRITE wants in the file. */
export interface RewriteLine {
  readonly text: string;
  /** True when the line is appended even though the file did not mention the option: its value is not the default. */
  readonly force: boolean;
}

/** How values of one kind are read, shown and written back. Stateless: one instance may serve many options. */
export interface OptionKind<T> {
  /** CONFIG SET splits the value at blanks, and a line of the file may carry any number of arguments. */
  readonly multiArgument: boolean;
  /** Reads arguments as CONFIG SET or a line of the file gives them. `current` is the value that would be replaced. */
  parse(args: readonly string[], current: T): Parsed<T>;
  /** The text that CONFIG GET shows. */
  format(value: T): string;
  /** The lines of CONFIG REWRITE; none removes the option from the file. `text` is the exact text of the value. */
  rewrite(name: string, value: T, text: string, defaultValue: T): readonly RewriteLine[];
}

/** The facts about an option that are not its value. */
export interface OptionTraits {
  /** Older name under which the option is accepted and listed too. */
  readonly alias: string | null;
  /** CONFIG SET refuses it: only the file and the command line can set it. */
  readonly immutable: boolean;
  /** Not listed by a CONFIG GET pattern; only its exact name shows it. */
  readonly hidden: boolean;
  /** CONFIG SET needs `enable-protected-configs`. */
  readonly guarded: boolean;
  /** The value is a secret: MONITOR, the slow log and the log must redact it. */
  readonly sensitive: boolean;
  readonly effect: Effect;
}

/** One row of the schema: its name is its key there. */
export interface Option<T> {
  readonly kind: OptionKind<T>;
  readonly defaultValue: T;
  readonly traits: OptionTraits;
}

const PLAIN: OptionTraits = {
  alias: null,
  immutable: false,
  hidden: false,
  guarded: false,
  sensitive: false,
  effect: 'full',
};

/** Older name of an option; it is accepted, listed by CONFIG GET and rewritten under the newer name. */
export function alias(name: string): Partial<OptionTraits> {
  return { alias: name };
}

/** CONFIG SET refuses the option. */
export const immutable: Partial<OptionTraits> = { immutable: true };

/** CONFIG GET shows the option only by its exact name. */
export const hidden: Partial<OptionTraits> = { hidden: true };

/** CONFIG SET needs `enable-protected-configs`. */
export const guarded: Partial<OptionTraits> = { guarded: true };

/** The value must not appear in MONITOR, the slow log or the log. */
export const sensitive: Partial<OptionTraits> = { sensitive: true };

/** The feature behind the option is still to come. */
export const noEffectYet: Partial<OptionTraits> = { effect: 'none yet' };

/** The option concerns something that NanoRedis does not have by design. */
export const noEffectEver: Partial<OptionTraits> = { effect: 'never' };

/** Makes a row of the schema out of a kind, a default and traits; later traits win. */
export function option<T>(kind: OptionKind<T>, defaultValue: T, traits: readonly Partial<OptionTraits>[]): Option<T> {
  return { kind, defaultValue, traits: Object.assign({}, PLAIN, ...traits) };
}
