const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;
const LETTER_X = 0x78;

const ESCAPES: Readonly<Record<string, number>> = { n: LF, r: CR, t: TAB, b: 0x08, a: 0x07 };

/**
 * Splits a line into arguments with the quoting rules of redis.conf, redis-cli and inline commands (Redis' `sdssplitargs`).
 *
 * Blanks separate arguments. Inside double quotes `\n \r \t \b \a`, `\xHH` (one byte) and `\` before any other character are
 * escapes; inside single quotes only `\'` is. A closing quote must be followed by a blank or the end. O(n).
 *
 * @returns the arguments, or null if quotes are unbalanced
 */
export function splitArguments(line: string): string[] | null {
  const bytes = Buffer.from(line, 'utf8');
  const args: string[] = [];
  const token: number[] = [];
  let position = 0;
  for (;;) {
    while (position < bytes.length && isBlank(bytes[position]!)) {
      position++;
    }
    if (position === bytes.length) {
      return args;
    }
    token.length = 0;
    position = readToken(bytes, position, token);
    if (position < 0) {
      return null;
    }
    args.push(Buffer.from(token).toString('utf8'));
  }
}

/**
 * Quotes a text so that `splitArguments` parses it as one argument (Redis' `sdscatrepr`): in double quotes, with escapes for
 * everything that is not printable ASCII.
 */
export function quoteArgument(text: string): string {
  let quoted = '"';
  for (const byte of Buffer.from(text, 'utf8')) {
    quoted += quoteByte(byte);
  }
  return `${quoted}"`;
}

/** Parses one token into `token`. Returns the position after it, or -1 if its quotes are unbalanced. */
function readToken(bytes: Uint8Array, start: number, token: number[]): number {
  let position = start;
  while (position < bytes.length) {
    const byte = bytes[position]!;
    if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) {
      return byte === DOUBLE_QUOTE
        ? readDoubleQuoted(bytes, position + 1, token)
        : readSingleQuoted(bytes, position + 1, token);
    }
    if (byte === SPACE || byte === LF || byte === CR || byte === TAB || byte === 0) {
      return position + 1;
    }
    token.push(byte);
    position++;
  }
  return position;
}

function readDoubleQuoted(bytes: Uint8Array, start: number, token: number[]): number {
  let position = start;
  while (position < bytes.length) {
    const byte = bytes[position]!;
    if (byte === DOUBLE_QUOTE) {
      return positionAfterQuote(bytes, position);
    }
    if (byte !== BACKSLASH || position + 1 === bytes.length) {
      token.push(byte);
      position++;
      continue;
    }
    const high = hexDigit(bytes[position + 2]);
    const low = hexDigit(bytes[position + 3]);
    if (bytes[position + 1] === LETTER_X && high >= 0 && low >= 0) {
      token.push(high * 16 + low);
      position += 4;
    } else {
      const escaped = bytes[position + 1]!;
      token.push(ESCAPES[String.fromCharCode(escaped)] ?? escaped);
      position += 2;
    }
  }
  return -1;
}

function readSingleQuoted(bytes: Uint8Array, start: number, token: number[]): number {
  let position = start;
  while (position < bytes.length) {
    const byte = bytes[position]!;
    if (byte === SINGLE_QUOTE) {
      return positionAfterQuote(bytes, position);
    }
    if (byte === BACKSLASH && bytes[position + 1] === SINGLE_QUOTE) {
      token.push(SINGLE_QUOTE);
      position += 2;
    } else {
      token.push(byte);
      position++;
    }
  }
  return -1;
}

function positionAfterQuote(bytes: Uint8Array, quote: number): number {
  const next = quote + 1;
  return next === bytes.length || isBlank(bytes[next]!) ? next : -1;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || (byte >= TAB && byte <= CR);
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) {
    return -1;
  }
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? -1 : digit;
}

function quoteByte(byte: number): string {
  switch (byte) {
    case BACKSLASH:
    case DOUBLE_QUOTE:
      return `\\${String.fromCharCode(byte)}`;
    case LF:
      return '\\n';
    case CR:
      return '\\r';
    case TAB:
      return '\\t';
    case 0x07:
      return '\\a';
    case 0x08:
      return '\\b';
    default:
      return byte >= SPACE && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
}
