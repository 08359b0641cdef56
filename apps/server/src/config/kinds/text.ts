import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';
import { quoteArgument } from '../split-arguments';

type Traits = readonly Partial<OptionTraits>[];

/** Returns the error text for an invalid text, or null. */
type Check = (text: string) => string | null;

class TextKind implements OptionKind<string> {
  readonly multiArgument = false;

  constructor(
    readonly check: Check,
    readonly emptyMeansUnset: boolean,
  ) {}

  parse(args: readonly string[]): Parsed<string> {
    const text = args[0]!;
    const error = this.check(text);
    return error === null ? parsed(text, text) : refused(error);
  }

  format(value: string): string {
    return value;
  }

  rewrite(name: string, value: string, _text: string, defaultValue: string): readonly RewriteLine[] {
    if (value === '' && this.emptyMeansUnset) {
      return [];
    }
    return [{ text: `${name} ${quoteArgument(value)}`, force: value !== defaultValue }];
  }
}

const ANY_TEXT = new TextKind(acceptAny, false);
const OPTIONAL_TEXT = new TextKind(acceptAny, true);

/** Any text, including the empty one. */
export function text(defaultValue: string, ...traits: Traits): Option<string> {
  return option(ANY_TEXT, defaultValue, traits);
}

/** A text that is unset by default; the empty text unsets it. */
export function optionalText(...traits: Traits): Option<string> {
  return option(OPTIONAL_TEXT, '', traits);
}

/** A text that `check` validates: it returns the error text of Redis, or null. */
export function checkedText(defaultValue: string, check: Check, ...traits: Traits): Option<string> {
  return option(new TextKind(check, false), defaultValue, traits);
}

/** Like `checkedText`, unset by default. */
export function optionalCheckedText(check: Check, ...traits: Traits): Option<string> {
  return option(new TextKind(check, true), '', traits);
}

function acceptAny(): null {
  return null;
}
