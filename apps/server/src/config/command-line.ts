import { readFileSync } from 'node:fs';
import { ConfigLoader } from './config-loader';
import type { Configuration } from './configuration';
import { quoteArgument, splitArguments } from './split-arguments';

/** The parsed arguments of the program. */
export type CommandLine =
  | { readonly action: 'version' }
  | { readonly action: 'help' }
  | {
      readonly action: 'run';
      /** Path of a redis.conf, or null. */
      readonly file: string | null;
      /** `-` was given: read more directives from standard input. */
      readonly readsStandardInput: boolean;
      /** The `--option value` arguments as redis.conf text. */
      readonly directives: string;
    };

/**
 * Parses the arguments of the program (without node and the script) in the syntax of redis-server:
 * `[/path/to/redis.conf] [--option value ...] [-]`.
 *
 * As in Redis 7, everything up to the next `--option` belongs to an option, an argument after an option's name is a value even
 * if it starts with `--`, `--"port 7000"` may be one argument, and `--save` without a value means no save points.
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const first = argv[0];
  if (first === '-v' || first === '--version') {
    return { action: 'version' };
  }
  if (first === '-h' || first === '--help') {
    return { action: 'help' };
  }
  const file = first === undefined || first.startsWith('-') ? null : first;
  const start = file === null ? 0 : 1;
  let readsStandardInput = false;
  let directives = '';
  let expectsValue = false;
  for (let i = start; i < argv.length; i++) {
    const arg = argv[i]!;
    if (arg === '-' && (i === 0 || i === argv.length - 1)) {
      readsStandardInput = true;
    } else if (!expectsValue && arg.startsWith('--')) {
      directives += `${directives === '' ? '' : '\n'}${arg.slice(2)} `;
      expectsValue = splitArguments(arg)?.length === 1;
      const next = argv[i + 1];
      if (expectsValue && arg.toLowerCase() === '--save' && (next === undefined || next.startsWith('--'))) {
        directives += '""';
        expectsValue = false;
      }
    } else {
      directives += `${quoteArgument(arg)} `;
      expectsValue = false;
    }
  }
  return { action: 'run', file, readsStandardInput, directives };
}

/**
 * Loads the sources that a command line names into a configuration: the file, then standard input, then the options. The last
 * one wins.
 *
 * @param readStandardInput returns the whole text of standard input
 * @returns the loader, which has the directives that are not options
 * @throws ConfigError when a file cannot be read or a directive is invalid
 */
export function loadCommandLine(
  config: Configuration,
  commandLine: Extract<CommandLine, { action: 'run' }>,
  readStandardInput: () => string = () => readFileSync(0, 'utf8'),
): ConfigLoader {
  const loader = new ConfigLoader(config);
  if (commandLine.file !== null) {
    loader.loadFile(commandLine.file);
  }
  if (commandLine.readsStandardInput) {
    loader.loadText(readStandardInput(), 'standard input');
  }
  loader.loadText(commandLine.directives, 'command line');
  return loader;
}
