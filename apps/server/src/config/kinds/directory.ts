import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';
import { quoteArgument } from '../split-arguments';
import { systemErrorText } from '../system-error-text';

/**
 * A folder that exists. Unlike Redis we do not change the process' working directory, because several servers may live in one
 * process: whoever opens a file resolves its name against this option.
 */
class DirectoryKind implements OptionKind<string> {
  readonly multiArgument = false;

  parse(args: readonly string[], current: string): Parsed<string> {
    if (args[0] === '') {
      return refused('No such file or directory');
    }
    const directory = resolve(current, args[0]!);
    try {
      if (!statSync(directory).isDirectory()) {
        return refused('Not a directory');
      }
      accessSync(directory, constants.X_OK);
    } catch (error) {
      return refused(systemErrorText(error));
    }
    return parsed(directory, directory);
  }

  format(value: string): string {
    return value;
  }

  rewrite(name: string, value: string): readonly RewriteLine[] {
    return [{ text: `${name} ${quoteArgument(value)}`, force: true }];
  }
}

/** An existing folder, kept as an absolute path; relative ones start at its current value. */
export function directory(defaultValue: string, ...traits: readonly Partial<OptionTraits>[]): Option<string> {
  return option(new DirectoryKind(), defaultValue, traits);
}
