import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';

class BoolKind implements OptionKind<boolean> {
  readonly multiArgument = false;

  /** @param refusal the error text for `yes`, or null if `yes` is allowed */
  constructor(readonly refusal: string | null) {}

  parse(args: readonly string[]): Parsed<boolean> {
    const text = args[0]!.toLowerCase();
    if (text !== 'yes' && text !== 'no') {
      return refused("argument must be 'yes' or 'no'");
    }
    return text === 'yes' && this.refusal !== null ? refused(this.refusal) : parsed(text === 'yes', text);
  }

  format(value: boolean): string {
    return value ? 'yes' : 'no';
  }

  rewrite(name: string, value: boolean, text: string, defaultValue: boolean): readonly RewriteLine[] {
    return [{ text: `${name} ${text}`, force: value !== defaultValue }];
  }
}

const YES_OR_NO = new BoolKind(null);

/** `yes` or `no`. */
export function bool(defaultValue: boolean, ...traits: readonly Partial<OptionTraits>[]): Option<boolean> {
  return option(YES_OR_NO, defaultValue, traits);
}

/** A switch that cannot be turned on; `refusal` is the error text. */
export function alwaysNo(refusal: string, ...traits: readonly Partial<OptionTraits>[]): Option<boolean> {
  return option(new BoolKind(refusal), false, traits);
}
