import { InvalidArgumentError } from 'commander';

/** The parts between commas. */
export function list(text: string): string[] {
  return text.split(',').map((each) => each.trim());
}

/** @throws InvalidArgumentError when the text is no number above 0. */
export function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0) || number === Number.POSITIVE_INFINITY)
    throw new InvalidArgumentError(`${text} is no number above 0.`);
  return number;
}

/** @throws InvalidArgumentError when the text is no whole number above 0. */
export function positiveInteger(text: string): number {
  const number = positive(text);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError(`${text} is no whole number.`);
  return number;
}

/** @throws InvalidArgumentError when a part between commas is no whole number above 0. */
export function positiveIntegers(text: string): number[] {
  return list(text).map(positiveInteger);
}

/** A parser of an option that may be repeated. Errors of `parse` become errors of the option. */
export function collect<T>(parse: (text: string) => T): (text: string, earlier: T[]) => T[] {
  return (text, earlier) => {
    try {
      return [...earlier, parse(text)];
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}
