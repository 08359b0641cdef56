/** Bytes that are written at a time. */
const PIECE_BYTES = 16384;

const BACKSLASH = 0x5c;
const HEXADECIMAL = Buffer.from('0123456789abcdef');

/** By byte: 0 if it is written as it is, the letter after the backslash, or 1 for `\xhh`. */
const ESCAPES = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x20 && byte < 0x7f ? 0 : 1));
for (const [byte, letter] of Object.entries({ 7: 'a', 8: 'b', 9: 't', 10: 'n', 13: 'r', 34: '"', 92: '\\' })) {
  ESCAPES[Number(byte)] = letter.charCodeAt(0);
}

/**
 * Writes texts and quoted bytes in pieces of bounded size, whatever their length. Bytes that are not printable are
 * escaped as redis-server's sdscatrepr does for MONITOR.
 */
export class QuotingWriter {
  readonly #piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  #length = 0;
  readonly #write: (piece: Uint8Array) => void;

  /** @param write receives a piece, which is valid only during the call. */
  constructor(write: (piece: Uint8Array) => void) {
    this.#write = write;
  }

  /** Writes latin1 text of up to 16 KiB. O(length). */
  text(text: string): void {
    if (this.#length + text.length > PIECE_BYTES) this.flush();
    this.#length += this.#piece.write(text, this.#length, 'latin1');
  }

  /** Writes `bytes[start, end)` in double quotes. O(length). */
  quoted(bytes: Uint8Array, start: number, end: number): void {
    this.text('"');
    const piece = this.#piece;
    let length = this.#length;
    for (let i = start; i < end; i++) {
      if (length > PIECE_BYTES - 4) {
        this.#length = length;
        this.flush();
        length = 0;
      }
      const byte = bytes[i]!;
      const escaped = ESCAPES[byte]!;
      if (escaped === 0) {
        piece[length++] = byte;
      } else {
        piece[length] = BACKSLASH;
        if (escaped !== 1) {
          piece[length + 1] = escaped;
          length += 2;
        } else {
          piece[length + 1] = 0x78;
          piece[length + 2] = HEXADECIMAL[byte >> 4]!;
          piece[length + 3] = HEXADECIMAL[byte & 15]!;
          length += 4;
        }
      }
    }
    this.#length = length;
    this.text('"');
  }

  /** Writes what has not been written yet. */
  flush(): void {
    const length = this.#length;
    this.#length = 0;
    if (length > 0) this.#write(this.#piece.subarray(0, length));
  }
}
