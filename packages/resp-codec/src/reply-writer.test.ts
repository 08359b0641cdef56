import { describe, expect, it } from 'vitest';
import { ReplyWriter } from './reply-writer';

function written(protocol: 2 | 3, write: (writer: ReplyWriter) => void): string {
  const writer = new ReplyWriter(Buffer.alloc(1));
  writer.protocol = protocol;
  write(writer);
  return writer.written().toString('latin1');
}

/** Provides space of a few bytes more than requested, and keeps what was written. */
class PiecewiseWriter extends ReplyWriter {
  readonly pieces: Buffer[] = [];

  constructor() {
    super(Buffer.alloc(7));
  }

  override overflow(n: number): void {
    this.pieces.push(Buffer.from(this.written()));
    this.bytes = Buffer.alloc(n + 3);
    this.position = 0;
    this.limit = n + 3;
  }
}

describe('ReplyWriter', () => {
  it.each<[string, (writer: ReplyWriter) => void, string, string]>([
    ['ok', (w) => w.ok(), '+OK\r\n', '+OK\r\n'],
    ['a simple string', (w) => w.simple('PONG'), '+PONG\r\n', '+PONG\r\n'],
    ['an error', (w) => w.error('ERR a\r\nb\r\n'), '-ERR a  b\r\n', '-ERR a  b\r\n'],
    ['an error that quotes bytes', (w) => w.errorLatin1('ERR \xff'), '-ERR \xff\r\n', '-ERR \xff\r\n'],
    ['the null', (w) => w.null(), '$-1\r\n', '_\r\n'],
    ['the null array', (w) => w.nullArray(), '*-1\r\n', '_\r\n'],
    ['an array', (w) => w.array(12), '*12\r\n', '*12\r\n'],
    ['an empty array', (w) => w.emptyArray(), '*0\r\n', '*0\r\n'],
    ['a map', (w) => w.map(3), '*6\r\n', '%3\r\n'],
    ['a set', (w) => w.set(3), '*3\r\n', '~3\r\n'],
    ['a push', (w) => w.push(3), '*3\r\n', '>3\r\n'],
    ['a double', (w) => w.double(0.1), '$19\r\n0.10000000000000001\r\n', ',0.10000000000000001\r\n'],
    ['a whole double', (w) => w.double(-1234567890), '$11\r\n-1234567890\r\n', ',-1234567890\r\n'],
    ['a double of minus zero', (w) => w.double(-0), '$2\r\n-0\r\n', ',-0\r\n'],
    ['a double that takes an exponent', (w) => w.double(1e17), '$5\r\n1e+17\r\n', ',1e+17\r\n'],
    ['an infinite double', (w) => w.double(-Infinity), '$4\r\n-inf\r\n', ',-inf\r\n'],
    ['a boolean', (w) => w.boolean(true), ':1\r\n', '#t\r\n'],
    ['a big number', (w) => w.bigNumber(2n ** 70n), '$22\r\n1180591620717411303424\r\n', '(1180591620717411303424\r\n'],
    ['a verbatim text', (w) => w.verbatim('txt', 'é'), '$2\r\n\xc3\xa9\r\n', '=6\r\ntxt:\xc3\xa9\r\n'],
    ['a string', (w) => w.bulkString('aé'), '$3\r\na\xc3\xa9\r\n', '$3\r\na\xc3\xa9\r\n'],
    [
      'a long string',
      (w) => w.bulkString('a'.repeat(200)),
      `$200\r\n${'a'.repeat(200)}\r\n`,
      `$200\r\n${'a'.repeat(200)}\r\n`,
    ],
    ['an empty string', (w) => w.emptyBulk(), '$0\r\n\r\n', '$0\r\n\r\n'],
    ['a number as a string', (w) => w.bulkNumber(-17), '$3\r\n-17\r\n', '$3\r\n-17\r\n'],
  ])('writes %s', (_, write, resp2, resp3) => {
    expect(written(2, write)).toBe(resp2);
    expect(written(3, write)).toBe(resp3);
  });

  it('writes strings of every length that start at a word, into spaces of any size', () => {
    const memory = Buffer.alloc(1024);
    for (let i = 0; i < memory.length; i++) memory[i] = i * 7;
    const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / 4);
    const writer = new PiecewiseWriter();
    let expected = '';
    for (let length = 0; length < 300; length++) {
      const word = length % 9;
      writer.bulkWords(words, word, length);
      expected += `$${length}\r\n${memory.toString('latin1', 4 * word, 4 * word + length)}\r\n`;
    }
    expect(Buffer.concat([...writer.pieces, writer.written()]).toString('latin1')).toBe(expected);
  });

  it('writes whole numbers of every length as strings, as bulk numbers and as doubles', () => {
    for (let size = 1; size < Number.MAX_SAFE_INTEGER; size *= 10) {
      for (const n of [size - 1, size, -size, 1 - size, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
        const text = (n + 0).toString();
        const bulk = `$${text.length}\r\n${text}\r\n`;
        expect(written(2, (writer) => writer.bulkNumber(n))).toBe(bulk);
        expect(written(2, (writer) => writer.double(n + 0))).toBe(bulk);
        expect(written(3, (writer) => writer.double(n + 0))).toBe(`,${text}\r\n`);
      }
    }
  });

  it('writes every integer of 64 bits', () => {
    for (let bits = 0n; bits <= 63n; bits++) {
      for (const near of [-2n, -1n, 0n, 1n, 2n]) {
        for (const n of [2n ** bits + near, -(2n ** bits) + near, 10n ** (bits % 19n) + near]) {
          if (n > 2n ** 63n - 1n || n < -(2n ** 63n)) continue;
          expect(written(2, (w) => w.integer(n))).toBe(`:${n}\r\n`);
          const number = Number(n);
          if (Number.isSafeInteger(number)) expect(written(2, (w) => w.integer(number))).toBe(`:${n}\r\n`);
        }
      }
    }
    expect(() => written(2, (w) => w.integer(0.5))).toThrow(RangeError);
  });

  it('writes a long value into many small spaces', () => {
    const writer = new PiecewiseWriter();
    const value = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i & 0xff));
    writer.ok();
    writer.bulk(value, 0, value.length);
    writer.integer(5);
    writer.overflow(0);
    const expected = Buffer.concat([Buffer.from('+OK\r\n$100000\r\n'), value, Buffer.from('\r\n:5\r\n')]);
    expect(Buffer.compare(Buffer.concat(writer.pieces), expected)).toBe(0);
    expect(Math.max(...writer.pieces.map((piece) => piece.length))).toBeLessThan(20_000);
  });

  it('writes long lines into small spaces', () => {
    const writer = new PiecewiseWriter();
    writer.simple('a'.repeat(100_000));
    writer.errorLatin1('\xff'.repeat(5000));
    const written = Buffer.concat([...writer.pieces, writer.written()]).toString('latin1');
    expect(written).toBe(`+${'a'.repeat(100_000)}\r\n-${'\xff'.repeat(5000)}\r\n`);
    expect(Math.max(...writer.pieces.map((piece) => piece.length))).toBeLessThan(20_000);
  });

  it('refuses an attribute in RESP2', () => {
    expect(() => written(2, (w) => w.attribute(1))).toThrow('RESP2 has no attributes');
    expect(written(3, (w) => w.attribute(1))).toBe('|1\r\n');
  });
});
