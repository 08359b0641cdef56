import { isUint8Array } from 'node:util/types';
import { copyBytes } from './copy-bytes';
import { writeInteger } from './integer-text';
import * as resp from './type-bytes';

const CR = 0x0d;
const LF = 0x0a;
/** An ASCII string of up to this many characters is measured and written by a loop, which is faster than a call of C++. */
const MAX_LOOP_CHARACTERS = 48;

/** An argument of a command: text (sent as UTF-8), bytes, or a number (sent as its shortest decimal text). */
export type CommandArgument = string | Uint8Array | number | bigint;

/**
 * Encodes a command as an array of bulk strings, in a buffer that the caller owns. O(bytes).
 * @throws TypeError when an argument is not a `CommandArgument`
 */
export function encodeCommand(args: readonly CommandArgument[]): Buffer {
  const target = Buffer.allocUnsafe(encodedCommandLength(args));
  writeArguments(target, 0, args);
  return target;
}

/**
 * Returns the number of bytes that `writeCommand` writes for these arguments. O(characters).
 * @throws TypeError when an argument is not a `CommandArgument`
 */
export function encodedCommandLength(args: readonly CommandArgument[]): number {
  let sum = 3 + digits(args.length);
  for (let i = 0; i < args.length; i++) {
    const length = argumentLength(args[i]!, i);
    sum += 5 + digits(length) + length;
  }
  return sum;
}

/**
 * Writes a command to `target` at `position` and returns the position behind it. O(bytes).
 * @throws RangeError when `encodedCommandLength()` bytes do not fit; nothing is written then
 * @throws TypeError when an argument is not a `CommandArgument`; nothing is written then
 */
export function writeCommand(target: Buffer, position: number, args: readonly CommandArgument[]): number {
  if (position + encodedCommandLength(args) > target.length) throw new RangeError('the command does not fit');
  return writeArguments(target, position, args);
}

function writeArguments(target: Buffer, position: number, args: readonly CommandArgument[]): number {
  target[position] = resp.ARRAY;
  let at = lineEnd(target, writeInteger(target, position + 1, args.length));
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]!;
    target[at] = resp.BULK_STRING;
    if (typeof argument === 'string') at = writeText(target, at + 1, argument);
    else if (typeof argument === 'object') at = writeBytes(target, at + 1, argument);
    else at = writeText(target, at + 1, argument.toString());
    at = lineEnd(target, at);
  }
  return at;
}

function writeText(target: Buffer, position: number, text: string): number {
  const length = text.length;
  const at = lineEnd(target, writeInteger(target, position, length));
  if (length <= MAX_LOOP_CHARACTERS) {
    let i = 0;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) break;
      target[at + i] = code;
    }
    if (i === length) return at + length;
  }
  const encodedLength = Buffer.byteLength(text);
  const start = lineEnd(target, writeInteger(target, position, encodedLength));
  target.write(text, start, encodedLength, 'utf8');
  return start + encodedLength;
}

function writeBytes(target: Buffer, position: number, bytes: Uint8Array): number {
  const length = bytes.length;
  const at = lineEnd(target, writeInteger(target, position, length));
  copyBytes(bytes, 0, length, target, at);
  return at + length;
}

function lineEnd(target: Buffer, position: number): number {
  target[position] = CR;
  target[position + 1] = LF;
  return position + 2;
}

/** Returns the length of argument `index` in bytes, and checks its type, which programs without types may get wrong. */
function argumentLength(argument: CommandArgument, index: number): number {
  if (typeof argument === 'string') return textLength(argument);
  if (typeof argument === 'number' || typeof argument === 'bigint') return argument.toString().length;
  if (isUint8Array(argument)) return argument.length;
  throw new TypeError(
    `argument ${index} of a command has to be a string, a Uint8Array, a number or a bigint, not ${typeName(argument)}`,
  );
}

function typeName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value === null ? value : typeof value);
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function textLength(text: string): number {
  if (text.length > MAX_LOOP_CHARACTERS) return Buffer.byteLength(text);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return Buffer.byteLength(text);
  return text.length;
}

function digits(n: number): number {
  return n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : n < 10_000 ? 4 : n.toString().length;
}
