/**
 * The encoding of a score in a packed sorted set: an element whose last byte tells the kind.
 *
 * ```
 *  last byte   before it                             score
 *  0xc0 + v    nothing                               the integer v, 0 to 63
 *  0x80 + n    n bytes, little-endian, signed        an integer, n = 1 to 6
 *  0x88        8 bytes, little-endian                any other double, -0 among them
 * ```
 * A score never takes more bytes than in Redis. A fraction takes 8, where Redis writes up to 24 digits. A last byte from 0x80 on
 * is not a digit, so PackedList stores the element unchanged, and it is compared and decoded in place.
 */
export enum ScoreKind {
  tiny = 0xc0,
  integer = 0x80,
  double = 0x88,
}

const TINY = 64;
const MAX_INTEGER_BYTES = 6;
const INTEGER_LIMIT = 2 ** 47;
const DOUBLE_BYTES = 8;

/** Encodes and decodes the scores of packed sorted sets. */
export class ScoreCode {
  /** The score encoded last: `bytes[0, length)`, valid until the next `encode`. */
  readonly bytes: Uint8Array = Buffer.alloc(DOUBLE_BYTES + 1);
  /** Length of the score encoded last, 1 to 9. */
  length = 0;
  readonly #doubles = new Float64Array(1);
  readonly #octets = new Uint8Array(this.#doubles.buffer);

  /** Encodes a score into `bytes`. O(1). */
  encode(score: number): void {
    if (score === Math.floor(score) && score >= -INTEGER_LIMIT && score < INTEGER_LIMIT && !Object.is(score, -0)) {
      this.#encodeInteger(score);
    } else {
      this.#doubles[0] = score;
      for (let i = 0; i < DOUBLE_BYTES; i++) this.bytes[i] = this.#octets[i]!;
      this.bytes[DOUBLE_BYTES] = ScoreKind.double;
      this.length = DOUBLE_BYTES + 1;
    }
  }

  /** The score that ends before `end`. O(1). */
  decode(bytes: Uint8Array, end: number): number {
    const kind = bytes[end - 1]!;
    if (kind >= ScoreKind.tiny) return kind - ScoreKind.tiny;
    if (kind === ScoreKind.double) {
      const start = end - 1 - DOUBLE_BYTES;
      for (let i = 0; i < DOUBLE_BYTES; i++) this.#octets[i] = bytes[start + i]!;
      return this.#doubles[0]!;
    }
    const start = end - 1 - (kind - ScoreKind.integer);
    let value = (bytes[end - 2]! << 24) >> 24;
    for (let at = end - 3; at >= start; at--) value = value * 256 + bytes[at]!;
    return value;
  }

  #encodeInteger(score: number): void {
    const { bytes } = this;
    if (score >= 0 && score < TINY) {
      bytes[0] = ScoreKind.tiny + score;
      this.length = 1;
      return;
    }
    let size = 1;
    for (let limit = 128; size < MAX_INTEGER_BYTES && (score >= limit || score < -limit); limit *= 256) size++;
    let rest = score;
    for (let i = 0; i < size; i++) {
      const higher = Math.floor(rest / 256);
      bytes[i] = rest - higher * 256;
      rest = higher;
    }
    bytes[size] = ScoreKind.integer + size;
    this.length = size + 1;
  }
}
