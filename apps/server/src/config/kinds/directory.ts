import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';
import { quoteArgument } from '../split-arguments';
import { systemErrorText } from '../system-error-text';

/**
 * An existing directory. Unlike Redis we do not change the working directory of the process, because several servers may run
 * in one process. Code that opens a file resolves its name against this option.
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

/** An existing directory, kept as an absolute path. A relative path is resolved against the current value. */
export function directory(defaultValue: string, ...traits: readonly Partial<OptionTraits>[]): Option<string> {
  return option(new DirectoryKind(), defaultValue, traits);
}
