import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';

class EnumerationKind<N extends string> implements OptionKind<N> {
  readonly multiArgument = false;

  /** @param synonyms other accepted names, each with the name that it is a synonym of */
  constructor(
    readonly names: readonly N[],
    readonly synonyms: Readonly<Record<string, N>>,
  ) {}

  parse(args: readonly string[]): Parsed<N> {
    const text = args[0]!.toLowerCase();
    const name = this.names.find((candidate) => candidate === text);
    if (name === undefined) {
      return refused(`argument(s) must be one of the following: ${this.names.join(', ')}`);
    }
    const value = this.synonyms[name] ?? name;
    return parsed(value, value);
  }

  format(value: N): string {
    return value;
  }

  rewrite(name: string, value: N, _text: string, defaultValue: N): readonly RewriteLine[] {
    return [{ text: `${name} ${value}`, force: value !== defaultValue }];
  }
}

/** One of several names, in any case. */
export function oneOf<const N extends string>(
  names: readonly N[],
  defaultValue: NoInfer<N>,
  ...traits: readonly Partial<OptionTraits>[]
): Option<N> {
  return option(new EnumerationKind<N>(names, {}), defaultValue, traits);
}

/** One of several names, in any case. `synonyms` maps further names to the one that is stored and shown. */
export function oneOfWithSynonyms<const N extends string>(
  names: readonly N[],
  synonyms: Readonly<Record<string, NoInfer<N>>>,
  defaultValue: NoInfer<N>,
  ...traits: readonly Partial<OptionTraits>[]
): Option<N> {
  return option(new EnumerationKind<N>(names, synonyms), defaultValue, traits);
}
