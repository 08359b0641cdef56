import { formatMemory, LONG_MAX, parseLooseInteger, parseMemory, parseStrictInteger } from '../c-numbers';
import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';

type Traits = readonly Partial<OptionTraits>[];

/** Parses a text: returns the number, or the error text. */
type Reader = (text: string) => bigint | string;

/**
 * A number in [min, max]. The value is a JS number: exact up to 2^53, the nearest double above. The text that CONFIG GET
 * replies is always exact.
 */
class NumberKind implements OptionKind<number> {
  readonly multiArgument = false;

  constructor(
    readonly read: Reader,
    readonly min: bigint,
    readonly max: bigint,
    readonly radix: 8 | 10,
    readonly toRewritten: (text: string) => string,
  ) {}

  parse(args: readonly string[]): Parsed<number> {
    const value = this.read(args[0]!);
    if (typeof value === 'string') {
      return refused(value);
    }
    if (value < this.min || value > this.max) {
      const bounds = `${this.min.toString(this.radix)} and ${this.max.toString(this.radix)}`;
      return refused(`argument must be between ${bounds} inclusive`);
    }
    return parsed(Number(value), value.toString(this.radix));
  }

  format(value: number): string {
    return value.toString(this.radix);
  }

  rewrite(name: string, _value: number, text: string, defaultValue: number): readonly RewriteLine[] {
    return [{ text: `${name} ${this.toRewritten(text)}`, force: text !== this.format(defaultValue) }];
  }
}

/** Bytes, or a percentage, which is stored as a negative number as in Redis (`-5` is 5 %). */
class MemoryOrPercentKind implements OptionKind<number> {
  readonly multiArgument = false;

  parse(args: readonly string[]): Parsed<number> {
    const text = args[0]!;
    const bytes = parseMemory(text);
    const value = bytes === null ? readPercent(text) : BigInt.asIntN(64, bytes);
    if (value === null) {
      return refused('argument must be a memory or percent value');
    }
    if (value < -100n) {
      return refused('percentage argument must be less or equal to 100');
    }
    return parsed(Number(value), value < 0n ? `${-value}%` : String(value));
  }

  format(value: number): string {
    return value < 0 ? `${-value}%` : String(value);
  }

  rewrite(name: string, value: number, text: string, defaultValue: number): readonly RewriteLine[] {
    const written = value < 0 ? text : formatMemory(BigInt(text));
    return [{ text: `${name} ${written}`, force: text !== this.format(defaultValue) }];
  }
}

/** A number that is accepted in its whole range and then adjusted to the nearest supported value. */
class AdjustedKind extends NumberKind {
  constructor(
    kind: NumberKind,
    readonly adjust: (value: number) => number,
  ) {
    super(kind.read, kind.min, kind.max, kind.radix, kind.toRewritten);
  }

  override parse(args: readonly string[]): Parsed<number> {
    const result = super.parse(args);
    if (!result.ok) {
      return result;
    }
    const value = this.adjust(result.value);
    return value === result.value ? result : parsed(value, this.format(value));
  }
}

/** A number in [0, max] of which only 0 is supported yet; `refusal` is the error text for other values. */
class AlwaysZeroKind extends NumberKind {
  constructor(
    max: number,
    readonly refusal: string,
  ) {
    super(readInteger, 0n, BigInt(max), 10, unchanged);
  }

  override parse(args: readonly string[]): Parsed<number> {
    const result = super.parse(args);
    return result.ok && result.value !== 0 ? refused(this.refusal) : result;
  }
}

/** An integer in [min, max]. */
export function int(
  min: number | bigint,
  max: number | bigint,
  defaultValue: number,
  ...traits: Traits
): Option<number> {
  return option(new NumberKind(readInteger, BigInt(min), BigInt(max), 10, unchanged), defaultValue, traits);
}

/** An integer in [min, max] that `adjust` maps to the nearest supported value, without an error, as Redis does. */
export function adjustedInt(
  min: number,
  max: number,
  adjust: (value: number) => number,
  defaultValue: number,
  ...traits: Traits
): Option<number> {
  const kind = new NumberKind(readInteger, BigInt(min), BigInt(max), 10, unchanged);
  return option(new AdjustedKind(kind, adjust), defaultValue, traits);
}

/** Bytes in [1, max], raised to `min` without an error. */
export function memoryRaisedTo(min: number, max: bigint, defaultValue: number, ...traits: Traits): Option<number> {
  const kind = new NumberKind(readSignedMemory, 1n, max, 10, toMemoryUnits);
  return option(new AdjustedKind(kind, (value) => Math.max(value, min)), defaultValue, traits);
}

/** An integer in [0, max] that can only be set to 0; `refusal` is the error text for other values. */
export function alwaysZero(max: number, refusal: string, ...traits: Traits): Option<number> {
  return option(new AlwaysZeroKind(max, refusal), 0, traits);
}

/** Bytes in [min, max], with units: `100mb`. */
export function memory(min: number, max: bigint, defaultValue: number, ...traits: Traits): Option<number> {
  const read = max > LONG_MAX ? readUnsignedMemory : readSignedMemory;
  return option(new NumberKind(read, BigInt(min), max, 10, toMemoryUnits), defaultValue, traits);
}

/** Bytes, or a percentage up to 100 %, stored as a negative number. */
export function memoryOrPercent(defaultValue: number, ...traits: Traits): Option<number> {
  return option(new MemoryOrPercentKind(), defaultValue, traits);
}

/** An octal number in [min, max], for file modes. */
export function octal(min: number, max: number, defaultValue: number, ...traits: Traits): Option<number> {
  return option(new NumberKind(readOctal, BigInt(min), BigInt(max), 8, unchanged), defaultValue, traits);
}

function readInteger(text: string): bigint | string {
  return parseStrictInteger(text) ?? "argument couldn't be parsed into an integer";
}

function readUnsignedMemory(text: string): bigint | string {
  return parseMemory(text) ?? 'argument must be a memory value';
}

function readSignedMemory(text: string): bigint | string {
  const bytes = parseMemory(text);
  return bytes === null ? 'argument must be a memory value' : BigInt.asIntN(64, bytes);
}

function readOctal(text: string): bigint | string {
  const number = parseLooseInteger(text, 8);
  return number === null || number.overflow ? "argument couldn't be parsed as an octal number" : number.value;
}

function readPercent(text: string): bigint | null {
  const percent = text.endsWith('%') ? parseStrictInteger(text.slice(0, -1)) : null;
  return percent === null || percent < 0n ? null : -percent;
}

function toMemoryUnits(text: string): string {
  return formatMemory(BigInt(text));
}

function unchanged(text: string): string {
  return text;
}
