import { resolve } from 'node:path';
import { Glob } from '../values/glob';
import { type Parsed, refused } from './parsed';
import { type ConfigValues, findOption, type NamedOption, namesAndAliases, type OptionName, options } from './schema';

/** Applies a new configuration. Returns the error text if that fails; CONFIG SET is then rolled back. */
export type ApplyHook = () => string | null;

/** Is notified of new values of options. */
export type ChangeListener = (values: ConfigValues) => void;

/** The result of CONFIG SET: null is OK, a text is the error reply without its `ERR `. */
export type SetResult = string | null;

const IMMUTABLE = "can't set immutable config";

interface Hook {
  readonly names: ReadonlySet<OptionName>;
  readonly apply: ApplyHook;
}

interface Listener {
  readonly names: ReadonlySet<OptionName>;
  readonly listener: ChangeListener;
}

/** One value that a CONFIG SET replaces, with the old one for a rollback. */
interface Replacement {
  readonly name: OptionName;
  readonly oldValue: unknown;
  readonly oldText: string;
}

/**
 * The configuration of one server: the value of every option of the schema.
 *
 * `values` has plain typed fields. A hot path should not read it per command: use `follow` to keep a copy in a field of your
 * own.
 */
export class Configuration {
  /** The current values. Fields change in place; objects in them are replaced as a whole. */
  readonly values: ConfigValues;

  /** Absolute path of the file that the server was started with, or null. CONFIG REWRITE writes there. */
  file: string | null = null;

  readonly #values: Record<string, unknown> = {};
  /** The texts that CONFIG GET replies; exact even if a value does not fit a JS number. */
  readonly #texts = new Map<OptionName, string>();
  readonly #hooks: Hook[] = [];
  readonly #listeners = new Set<Listener>();

  /** @param workingDirectory the default of `dir` */
  constructor(workingDirectory: string = process.cwd()) {
    for (const { name, option } of options) {
      this.#put(name, option.defaultValue, option.kind.format(option.defaultValue));
    }
    const directory = resolve(workingDirectory);
    this.#put('dir', directory, directory);
    // The rows of the schema define the type of every field; only this map is untyped.
    this.values = this.#values as ConfigValues;
  }

  /** The text of an option as CONFIG GET replies it. O(1). */
  text(name: OptionName): string {
    return this.#texts.get(name)!;
  }

  /** Whether the value of this name must be redacted in MONITOR, the slow log and the log. False for unknown names. */
  isSensitive(name: string): boolean {
    return findOption(name)?.option.traits.sensitive ?? false;
  }

  /** Options without effect yet that differ from their default; the log warns of them. */
  changedWithoutEffect(): OptionName[] {
    return options
      .filter(({ name, option }) => {
        return option.traits.effect === 'none yet' && this.text(name) !== option.kind.format(option.defaultValue);
      })
      .map(({ name }) => name);
  }

  /**
   * CONFIG GET: names and values that match any of the patterns. A pattern without `*`, `?` or `[` is looked up as a name and
   * returned as given. Other patterns match names and aliases in any case, but not hidden ones. O(patterns * options).
   */
  getMatching(patterns: readonly string[]): [name: string, value: string][] {
    const found = new Map<string, [string, string]>();
    for (const pattern of patterns) {
      if (!/[[*?]/.test(pattern)) {
        const named = findOption(pattern);
        if (named !== null && !found.has(pattern.toLowerCase())) {
          found.set(pattern.toLowerCase(), [pattern, this.text(named.name)]);
        }
        continue;
      }
      const patternBytes = Buffer.from(pattern);
      const glob = new Glob(patternBytes, 0, patternBytes.length, true);
      for (const [name, named] of namesAndAliases()) {
        if (named.option.traits.hidden || found.has(name)) {
          continue;
        }
        const nameBytes = Buffer.from(name);
        if (glob.matches(nameBytes, 0, nameBytes.length)) {
          found.set(name, [name, this.text(named.name)]);
        }
      }
    }
    return [...found.values()];
  }

  /**
   * CONFIG SET: sets all of the options or none. Listeners are notified once all are applied.
   *
   * @param pairs names (or aliases) and values as the client gave them
   * @param isLocalClient whether the client is on this machine, as `enable-protected-configs local` requires
   */
  set(pairs: readonly (readonly [name: string, value: string])[], isLocalClient: boolean): SetResult {
    const settings: { given: string; named: NamedOption; value: string }[] = [];
    const seen = new Set<string>();
    for (const [given, value] of pairs) {
      const named = findOption(given);
      if (named === null) {
        return `Unknown option or number of arguments for CONFIG SET - '${given}'`;
      }
      const refusal = this.#refusalToSet(named, isLocalClient);
      if (refusal !== null) {
        return setFailure(given, refusal);
      }
      // As in Redis, an option and its alias are not duplicates of each other: the last one wins.
      if (seen.has(given.toLowerCase())) {
        return setFailure(given, 'duplicate parameter');
      }
      seen.add(given.toLowerCase());
      settings.push({ given, named, value });
    }
    const replaced: Replacement[] = [];
    for (const { given, named, value } of settings) {
      const args = named.option.kind.multiArgument ? splitAtBlanks(value) : [value];
      const error = this.#replace(named, args, replaced) ?? changeOfFixed(named, replaced);
      if (error !== null) {
        this.#restore(replaced);
        return setFailure(given.toLowerCase(), error);
      }
    }
    return this.#applyOrRestore(replaced);
  }

  /**
   * Sets one option, which may be immutable, from the arguments of a line of a file. For use before the server starts.
   *
   * @returns the error text, or null
   */
  load(named: NamedOption, args: readonly string[]): string | null {
    const replaced: Replacement[] = [];
    const error = this.#replace(named, args, replaced);
    if (error === null) {
      this.#notify(namesOf(replaced));
    }
    return error;
  }

  /**
   * Sets options from code, with the checks that a file gets. For embedding programs, and for values that are known only at run
   * time, such as the port that the system chose.
   *
   * @throws RangeError when a value is invalid
   */
  assign(values: Partial<ConfigValues>): void {
    const replaced: Replacement[] = [];
    for (const { name, option } of options) {
      const value = values[name];
      if (value === undefined || value === this.#values[name]) {
        continue;
      }
      const text = option.kind.format(value);
      const error = this.#replace({ name, option }, option.kind.multiArgument ? splitAtBlanks(text) : [text], replaced);
      if (error !== null) {
        this.#restore(replaced);
        throw new RangeError(`option ${name}: ${error}`);
      }
    }
    this.#notify(namesOf(replaced));
  }

  /**
   * Sets one option, which may be immutable, to a value as in a line of redis.conf. For embedding programs.
   *
   * @throws RangeError when there is no such option, or the value is invalid
   */
  assignText(name: string, value: string): void {
    const named = findOption(name);
    const error =
      named === null
        ? 'is unknown'
        : this.load(named, named.option.kind.multiArgument ? splitAtBlanks(value) : [value]);
    if (error !== null) {
      throw new RangeError(`option ${name}: ${error}`);
    }
  }

  /**
   * Registers a hook that applies changes of the named options. It runs once per CONFIG SET, after all values are set. If it
   * returns a text, the old values are restored, the hooks that have run run again, and the client gets the text.
   */
  onApply(names: readonly OptionName[], apply: ApplyHook): void {
    this.#hooks.push({ names: new Set(names), apply });
  }

  /** Calls the listener after every change of any of the named options. Returns a function that removes the listener. */
  onChange(names: readonly OptionName[], listener: ChangeListener): () => void {
    const entry: Listener = { names: new Set(names), listener };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /** Like `onChange`, and calls the listener at once. Use it to keep a copy of values for a hot path. */
  follow(names: readonly OptionName[], listener: ChangeListener): () => void {
    listener(this.values);
    return this.onChange(names, listener);
  }

  #refusalToSet(named: NamedOption, isLocalClient: boolean): string | null {
    const { immutable, guarded } = named.option.traits;
    if (immutable) {
      return IMMUTABLE;
    }
    const allowed = this.values['enable-protected-configs'];
    if (guarded && allowed !== 'yes' && !(allowed === 'local' && isLocalClient)) {
      return "can't set protected config";
    }
    return null;
  }

  /** Sets one option, and adds the old value to `replaced` if it differs. */
  #replace({ name, option }: NamedOption, args: readonly string[], replaced: Replacement[]): string | null {
    const oldValue = this.#values[name];
    const result: Parsed<unknown> =
      args.length === 0 && !option.kind.multiArgument
        ? refused('wrong number of arguments')
        : option.kind.parse(args, oldValue);
    if (!result.ok) {
      return result.error;
    }
    const oldText = this.text(name);
    if (result.text !== oldText || (typeof result.value !== 'object' && result.value !== oldValue)) {
      replaced.push({ name, oldValue, oldText });
      this.#put(name, result.value, result.text);
    }
    return null;
  }

  #applyOrRestore(replaced: readonly Replacement[]): SetResult {
    const names = namesOf(replaced);
    const due = this.#hooks.filter((hook) => replaced.some(({ name }) => hook.names.has(name)));
    for (let i = 0; i < due.length; i++) {
      const error = due[i]!.apply();
      if (error !== null) {
        this.#restore(replaced);
        for (let j = 0; j <= i; j++) {
          due[j]!.apply();
        }
        return setFailure(replaced.find(({ name }) => due[i]!.names.has(name))!.name, error);
      }
    }
    this.#notify(names);
    return null;
  }

  #restore(replaced: readonly Replacement[]): void {
    for (const { name, oldValue, oldText } of replaced.toReversed()) {
      this.#put(name, oldValue, oldText);
    }
  }

  #notify(names: readonly OptionName[]): void {
    for (const entry of this.#listeners) {
      if (names.some((name) => entry.names.has(name))) {
        entry.listener(this.values);
      }
    }
  }

  #put(name: OptionName, value: unknown, text: string): void {
    this.#values[name] = value;
    this.#texts.set(name, text);
  }
}

function namesOf(replaced: readonly Replacement[]): OptionName[] {
  return replaced.map(({ name }) => name);
}

/** The error if the last change is that of an option which keeps its value while the server runs, else null. */
function changeOfFixed({ name, option }: NamedOption, replaced: readonly Replacement[]): string | null {
  return option.traits.fixed && replaced.at(-1)?.name === name ? IMMUTABLE : null;
}

function setFailure(name: string, reason: string): string {
  return `CONFIG SET failed (possibly related to argument '${name}') - ${reason}`;
}

/** CONFIG SET splits at every single blank and has no quoting. An empty text gives no arguments. */
function splitAtBlanks(value: string): string[] {
  return value === '' ? [] : value.split(' ');
}
