/** The digits that replace a placeholder: as many as redis-benchmark writes for `__rand_int__`. */
export const PLACEHOLDER_DIGITS = 12;

const PLACEHOLDER = /__index__|__rand__/g;
const ZERO = 0x30;

/** Where the digits of a placeholder are in the encoded command. */
interface Place {
  readonly at: number;
  readonly isRandom: boolean;
}

/**
 * A command with numbers that change, such as `HSET hash field:__index__ x`: `__index__` counts, `__rand__` is random below a limit. All
 * commands of a template have the same length, so writing one means copying the bytes and replacing the digits.
 */
export class CommandTemplate {
  /** Bytes of one command. */
  readonly length: number;
  readonly #bytes: Buffer;
  readonly #places: Place[] = [];
  readonly #randomLimit: number;
  readonly #random: () => number;

  /**
   * @param template words with one space between them.
   * @param randomLimit `__rand__` is below this.
   * @param random numbers in [0, 1).
   */
  constructor(template: string, randomLimit: number, random: () => number) {
    this.#randomLimit = randomLimit;
    this.#random = random;
    const words = template.split(' ');
    const resp = words
      .map((word) => ({ word, bytes: word.replace(PLACEHOLDER, '0'.repeat(PLACEHOLDER_DIGITS)).length }))
      .map(({ word, bytes }) => `$${bytes}\r\n${word}\r\n`)
      .join('');
    const parts = `*${words.length}\r\n${resp}`.split(/(__index__|__rand__)/);
    let filled = '';
    for (const part of parts) {
      const isPlace = part === '__index__' || part === '__rand__';
      if (isPlace) this.#places.push({ at: filled.length, isRandom: part === '__rand__' });
      filled += isPlace ? '0'.repeat(PLACEHOLDER_DIGITS) : part;
    }
    this.#bytes = Buffer.from(filled, 'latin1');
    this.length = this.#bytes.length;
  }

  /** Writes the command with an index to `target` at `at` and returns where it ends. O(bytes). */
  write(target: Buffer, at: number, index: number): number {
    this.#bytes.copy(target, at);
    for (const place of this.#places) {
      const number = place.isRandom ? Math.floor(this.#random() * this.#randomLimit) : index;
      writeDigits(target, at + place.at, number);
    }
    return at + this.length;
  }
}

/** The words of a template with an index, as strings: slower, for single commands. */
export function wordsOf(template: string, index: number, randomIndex: number): string[] {
  return template
    .split(' ')
    .map((word) => word.replace(PLACEHOLDER, (place) => digits(place === '__index__' ? index : randomIndex)));
}

function digits(number: number): string {
  return String(number).padStart(PLACEHOLDER_DIGITS, '0');
}

function writeDigits(target: Buffer, start: number, number: number): void {
  let rest = number;
  for (let at = start + PLACEHOLDER_DIGITS - 1; at >= start; at--) {
    const tenth = Math.floor(rest / 10);
    target[at] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
}
