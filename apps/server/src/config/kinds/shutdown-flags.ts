import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';

/** How a signal shuts down the server; the empty set is `default`. */
export interface ShutdownFlags {
  readonly save: boolean;
  readonly nosave: boolean;
  readonly now: boolean;
  readonly force: boolean;
}

const FLAGS = ['save', 'nosave', 'now', 'force'] as const;

class ShutdownFlagsKind implements OptionKind<ShutdownFlags> {
  readonly multiArgument = true;

  parse(args: readonly string[]): Parsed<ShutdownFlags> {
    const flags = { save: false, nosave: false, now: false, force: false };
    for (const arg of args) {
      const name = arg.toLowerCase();
      const flag = FLAGS.find((candidate) => candidate === name);
      if (flag !== undefined) {
        flags[flag] = true;
      } else if (name !== 'default') {
        return refusedFlags();
      }
    }
    if (args.length === 0) {
      return refusedFlags();
    }
    if (flags.save && flags.nosave) {
      return refused("shutdown options SAVE and NOSAVE can't be used simultaneously");
    }
    return parsed(flags, this.format(flags));
  }

  format(value: ShutdownFlags): string {
    const names = FLAGS.filter((flag) => value[flag]);
    return names.length === 0 ? 'default' : names.join(' ');
  }

  rewrite(name: string, _value: ShutdownFlags, text: string): readonly RewriteLine[] {
    return [{ text: `${name} ${text}`, force: text !== 'default' }];
  }
}

/** Any of save, nosave, now, force; `default` for none. */
export function shutdownFlags(...traits: readonly Partial<OptionTraits>[]): Option<ShutdownFlags> {
  return option(new ShutdownFlagsKind(), { save: false, nosave: false, now: false, force: false }, traits);
}

function refusedFlags(): Parsed<ShutdownFlags> {
  return refused(`argument(s) must be one of the following: default, ${FLAGS.join(', ')}`);
}
