import type { Parsed } from './parsed';

/**
 * The effect of an option that NanoRedis accepts.
 *
 * - `full`: the server acts on it.
 * - `none yet`: accepted, checked, reported and rewritten, but the feature is not implemented yet.
 * - `never`: belongs to something that NanoRedis does not have by design (jemalloc, transparent huge pages); accepted so that
 *   an existing redis.conf loads.
 */
export type Effect = 'full' | 'none yet' | 'never';

/** One line of CONFIG REWRITE. */
export interface RewriteLine {
  readonly text: string;
  /** Whether the line is appended if the file does not mention the option, because its value is not the default. */
  readonly force: boolean;
}

/** How values of one kind are parsed, formatted and rewritten. Stateless: one instance may serve many options. */
export interface OptionKind<T> {
  /** Whether CONFIG SET splits the value at blanks, and a line of the file may have any number of arguments. */
  readonly multiArgument: boolean;
  /** Parses the arguments of CONFIG SET or of a line of the file. `current` is the value to be replaced. */
  parse(args: readonly string[], current: T): Parsed<T>;
  /** The text that CONFIG GET replies. */
  format(value: T): string;
  /** The lines of CONFIG REWRITE; none removes the option from the file. `text` is the exact text of the value. */
  rewrite(name: string, value: T, text: string, defaultValue: T): readonly RewriteLine[];
}

/** The properties of an option besides its value. */
export interface OptionTraits {
  /** Older name, which is accepted and listed too. */
  readonly alias: string | null;
  /** Only the file and the command line can set it; CONFIG SET cannot. */
  readonly immutable: boolean;
  /** Takes effect at startup only; CONFIG SET accepts the value that it has. For options that Redis does not have. */
  readonly fixed: boolean;
  /** CONFIG GET replies it only for its exact name, not for a pattern. */
  readonly hidden: boolean;
  /** CONFIG SET needs `enable-protected-configs`. */
  readonly guarded: boolean;
  /** MONITOR, the slow log and the log must redact the value. */
  readonly sensitive: boolean;
  readonly effect: Effect;
}

/** One row of the schema; the name is its key there. */
export interface Option<T> {
  readonly kind: OptionKind<T>;
  readonly defaultValue: T;
  readonly traits: OptionTraits;
}

const PLAIN: OptionTraits = {
  alias: null,
  immutable: false,
  fixed: false,
  hidden: false,
  guarded: false,
  sensitive: false,
  effect: 'full',
};

/** Older name of an option. It is accepted, listed by CONFIG GET, and rewritten to the newer name. */
export function alias(name: string): Partial<OptionTraits> {
  return { alias: name };
}

/** CONFIG SET cannot set the option. */
export const immutable: Partial<OptionTraits> = { immutable: true };

/** CONFIG SET cannot change the option. Tools may set every option to its own value, as Redis' own configuration test does. */
export const fixed: Partial<OptionTraits> = { fixed: true };

/** CONFIG GET replies the option only for its exact name. */
export const hidden: Partial<OptionTraits> = { hidden: true };

/** CONFIG SET needs `enable-protected-configs`. */
export const guarded: Partial<OptionTraits> = { guarded: true };

/** The value must not appear in MONITOR, the slow log or the log. */
export const sensitive: Partial<OptionTraits> = { sensitive: true };

/** The feature of the option is not implemented yet. */
export const noEffectYet: Partial<OptionTraits> = { effect: 'none yet' };

/** The option belongs to something that NanoRedis does not have by design. */
export const noEffectEver: Partial<OptionTraits> = { effect: 'never' };

/** Creates a row of the schema from a kind, a default and traits; later traits override earlier ones. */
export function option<T>(kind: OptionKind<T>, defaultValue: T, traits: readonly Partial<OptionTraits>[]): Option<T> {
  return { kind, defaultValue, traits: Object.assign({}, PLAIN, ...traits) };
}
