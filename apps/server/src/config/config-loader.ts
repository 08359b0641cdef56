import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, type DirectiveLocation } from './config-error';
import type { Configuration } from './configuration';
import { expandGlob } from './expand-glob';
import { findOption } from './schema';
import { splitArguments } from './split-arguments';
import { systemErrorText } from './system-error-text';

/** Limits a file that includes itself. */
const MAX_INCLUDE_DEPTH = 32;

/** Options of older Redis versions that are accepted with one argument and ignored. */
const IGNORED = new Set(['list-max-ziplist-entries', 'list-max-ziplist-value', 'lua-replicate-commands']);

/** `user default` as CONFIG REWRITE of Redis writes it while the access list is unchanged. */
const OPEN_DEFAULT_USER = 'user default on nopass sanitize-payload ~* &* +@all';

/**
 * Loads redis.conf text into a `Configuration`. One loader serves all sources of a start (file, standard input, command line),
 * because `save` lines accumulate over all of them.
 */
export class ConfigLoader {
  /** `rename-command` directives in order: the command and its new name; an empty name removes the command. */
  readonly renamedCommands: (readonly [command: string, newName: string])[] = [];

  readonly #config: Configuration;
  /** Arguments of the `save` lines so far; null before the first one, which replaces the default. */
  #savePoints: string[] | null = null;

  constructor(config: Configuration) {
    this.#config = config;
  }

  /**
   * Loads a file and makes it the target of CONFIG REWRITE.
   *
   * @throws ConfigError when the file cannot be read or has an invalid directive
   */
  loadFile(path: string): void {
    const absolute = resolve(this.#config.values.dir, path);
    this.#config.file = absolute;
    this.loadText(readConfigFile(absolute, null), absolute);
  }

  /**
   * Loads directives from a text.
   *
   * @param source name of the text in errors: a path, `command line`, `standard input`
   * @throws ConfigError when a directive is invalid
   */
  loadText(text: string, source: string): void {
    this.#loadLines(text, source, 0);
  }

  #loadLines(text: string, source: string, depth: number): void {
    const lines = text.split('\n');
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i]!.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
      if (line !== '' && !line.startsWith('#')) {
        this.#loadDirective({ source, line: i + 1, text: line }, depth);
      }
    }
  }

  #loadDirective(location: DirectiveLocation, depth: number): void {
    const args = splitArguments(location.text);
    if (args === null) {
      throw new ConfigError('Unbalanced quotes in configuration line', location);
    }
    if (args.length === 0) {
      return;
    }
    const name = args[0]!.toLowerCase();
    if (this.#loadOption(name, args.slice(1), location)) {
      return;
    }
    if (IGNORED.has(name) && args.length === 2) {
      return;
    }
    if (name === 'include' && args.length === 2) {
      this.#include(args[1]!, location, depth);
    } else if (name === 'rename-command' && args.length === 3) {
      this.renamedCommands.push([args[1]!, args[2]!]);
    } else if (name === 'user' && args.length >= 2) {
      if (args.join(' ') !== OPEN_DEFAULT_USER) {
        throw new ConfigError('NanoRedis has no access lists (ACL) yet', location);
      }
    } else if (name === 'loadmodule' && args.length >= 2) {
      throw new ConfigError('NanoRedis cannot load Redis modules', location);
    } else if (name === 'sentinel') {
      throw new ConfigError('sentinel directive while not in sentinel mode', location);
    } else {
      throw new ConfigError('Bad directive or wrong number of arguments', location);
    }
  }

  #loadOption(name: string, args: readonly string[], location: DirectiveLocation): boolean {
    const named = findOption(name);
    if (named === null) {
      return false;
    }
    if (!named.option.kind.multiArgument && args.length !== 1) {
      throw new ConfigError('wrong number of arguments', location);
    }
    const values = named.option.kind.multiArgument ? splitSingle(args, location) : args;
    const error = this.#config.load(named, named.name === 'save' ? this.#joinSavePoints(values) : values);
    if (error !== null) {
      throw new ConfigError(error, location);
    }
    return true;
  }

  #joinSavePoints(args: readonly string[]): readonly string[] {
    const given = args.length === 1 && args[0] === '' ? null : args;
    this.#savePoints = given === null ? [] : [...(this.#savePoints ?? []), ...given];
    return this.#savePoints;
  }

  #include(pattern: string, location: DirectiveLocation, depth: number): void {
    if (depth === MAX_INCLUDE_DEPTH) {
      throw new ConfigError(`files include each other more than ${MAX_INCLUDE_DEPTH} deep`, location);
    }
    const path = resolve(this.#config.values.dir, pattern);
    for (const file of /[*?[]/.test(pattern) ? expandGlob(path) : [path]) {
      this.#loadLines(readConfigFile(file, location), file, depth + 1);
    }
  }
}

/** An option with several arguments also accepts them in one quoted argument: `save "60 1"`. */
function splitSingle(args: readonly string[], location: DirectiveLocation): readonly string[] {
  if (args.length !== 1 || args[0] === '') {
    return args;
  }
  const split = splitArguments(args[0]!);
  if (split === null) {
    throw new ConfigError('Unbalanced quotes in configuration line', location);
  }
  return split;
}

function readConfigFile(path: string, location: DirectiveLocation | null): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`Fatal error, can't open config file '${path}': ${systemErrorText(error)}`, location);
  }
}
