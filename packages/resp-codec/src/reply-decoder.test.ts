import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { DECODED, DECODED_PUSH, MALFORMED, NEED_MORE } from './decode-outcome';
import { type Reply, ReplyError, VerbatimText } from './reply';
import { ReplyDecoder } from './reply-decoder';
import type { ReplyDecoderOptions } from './reply-decoder-options';
import { ReplyWriter } from './reply-writer';

interface Decoded {
  values: Reply[];
  pushes: Reply[];
  outcome: number;
  error: string;
}

function decode(chunks: Uint8Array[], options: ReplyDecoderOptions = {}): Decoded {
  const decoder = new ReplyDecoder(options);
  const decoded: Decoded = { values: [], pushes: [], outcome: NEED_MORE, error: '' };
  for (const chunk of chunks) {
    const copy = Buffer.from(chunk);
    decoder.feed(copy);
    for (;;) {
      decoded.outcome = decoder.next();
      if (decoded.outcome === DECODED) decoded.values.push(decoder.value);
      else if (decoded.outcome === DECODED_PUSH) decoded.pushes.push(decoder.value);
      else break;
    }
    copy.fill(0x24);
  }
  decoded.error = decoder.error;
  return decoded;
}

const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');
const one = (bytes: string, options: ReplyDecoderOptions = {}): Reply | undefined =>
  decode([text(bytes)], options).values[0];

function cut(bytes: Uint8Array, cuts: number[]): Uint8Array[] {
  const places = [0, ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((to, i) => bytes.subarray(places[i], to));
}

/** Writes a value as a RESP3 server does. */
function write(writer: ReplyWriter, value: Reply): void {
  if (value === null) writer.null();
  else if (typeof value === 'string') writer.bulkString(value);
  else if (typeof value === 'boolean') writer.boolean(value);
  else if (typeof value === 'bigint') writer.bigNumber(value);
  else if (typeof value === 'number') Number.isSafeInteger(value) ? writer.integer(value) : writer.double(value);
  else if (value instanceof ReplyError) writer.error(value.message);
  else if (value instanceof VerbatimText) writer.verbatim(value.format, value.text);
  else if (Array.isArray(value)) {
    writer.array(value.length);
    for (const item of value) write(writer, item);
  } else if (value instanceof Set) {
    writer.set(value.size);
    for (const item of value) write(writer, item);
  } else if (value instanceof Map) {
    writer.map(value.size);
    for (const [key, item] of value) {
      write(writer, key);
      write(writer, item);
    }
  } else throw new Error('not a reply of this test');
}

const double = fc.double({ noNaN: true }).filter((x) => !Number.isInteger(x));
const scalar: fc.Arbitrary<Reply> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)),
  double,
  fc.bigInt(),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.stringMatching(/^[A-Z]{1,8} [a-z ]{0,20}[a-z]$/).map((message) => new ReplyError(message)),
  fc.string({ maxLength: 20 }).map((body) => new VerbatimText('txt', body)),
);
const { reply } = fc.letrec<{ reply: Reply }>((tie) => ({
  reply: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('reply'), { maxLength: 5 }),
    fc.array(fc.string({ maxLength: 15 }), { maxLength: 5 }).map((items) => new Set<Reply>(items)),
    fc
      .array(fc.tuple(fc.string({ maxLength: 15 }), tie('reply')), { maxLength: 5 })
      .map((pairs) => new Map<Reply, Reply>(pairs)),
  ),
}));

describe('ReplyDecoder', () => {
  it('reads what a ReplyWriter wrote in RESP3, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 4 }), fc.array(fc.nat(), { maxLength: 8 }), (replies, cuts) => {
        const writer = new ReplyWriter(Buffer.alloc(16));
        writer.protocol = 3;
        for (const value of replies) write(writer, value);
        const decoded = decode(cut(Buffer.from(writer.written()), cuts), { verbatim: 'object' });
        expect(decoded).toStrictEqual({ values: replies, pushes: [], outcome: NEED_MORE, error: '' });
      }),
    );
  });

  it('reads RESP2 that is cut behind any byte', () => {
    const stream = text('*3\r\n$3\r\nfoo\r\n:-12\r\n*2\r\n$-1\r\n+OK\r\n-ERR no\r\n*0\r\n$0\r\n\r\n');
    const expected = [['foo', -12, [null, 'OK']], new ReplyError('ERR no'), [], ''];
    for (let at = 0; at <= stream.length; at++) expect(decode(cut(stream, [at])).values).toStrictEqual(expected);
    expect(decode(Array.from(stream, (_, i) => stream.subarray(i, i + 1))).values).toStrictEqual(expected);
  });

  it('returns the types that the options select', () => {
    const map = '%2\r\n$1\r\na\r\n:1\r\n+b\r\n~1\r\n:2\r\n';
    expect(one(map)).toStrictEqual(
      new Map<Reply, Reply>([
        ['a', 1],
        ['b', new Set([2])],
      ]),
    );
    expect(one(map, { maps: 'array', sets: 'array' })).toStrictEqual(['a', 1, 'b', [2]]);
    expect(one(map, { maps: 'object', sets: 'array' })).toEqual({ a: 1, b: [2] });
    expect(one('%1\r\n*0\r\n:1\r\n', { maps: 'object' })).toStrictEqual(new Map<Reply, Reply>([[[], 1]]));
    expect(one('$2\r\n\xc3\xa9\r\n')).toBe('é');
    expect(one('$2\r\n\xc3\xa9\r\n', { bulk: 'buffer' })).toStrictEqual(Buffer.from('é'));
    expect(one(':9223372036854775807\r\n')).toBe(9223372036854775807n);
    expect(one(':-9223372036854775808\r\n', { largeIntegers: 'string' })).toBe('-9223372036854775808');
    expect(one(':9223372036854775807\r\n', { largeIntegers: 'number' })).toBe(2 ** 63);
    expect(one('=7\r\nmkd:abc\r\n')).toBe('abc');
    expect(one('!5\r\nERR x\r\n')).toStrictEqual(new ReplyError('ERR x'));
    expect(one(',-inf\r\n')).toBe(-Infinity);
    expect(one(',nan\r\n')).toBeNaN();
    expect((one('-WRONGTYPE Operation\r\n') as ReplyError).code).toBe('WRONGTYPE');
  });

  it('distinguishes pushes and attributes from replies', () => {
    const decoder = new ReplyDecoder();
    decoder.feed(text('>2\r\n+message\r\n+x\r\n|1\r\n+ttl\r\n:3\r\n*1\r\n|1\r\n+a\r\n:1\r\n:7\r\n:8\r\n'));
    expect([decoder.next(), decoder.value]).toEqual([DECODED_PUSH, ['message', 'x']]);
    expect([decoder.next(), decoder.value, decoder.attribute]).toEqual([DECODED, [7], new Map([['ttl', 3]])]);
    expect([decoder.next(), decoder.value, decoder.attribute]).toEqual([DECODED, 8, null]);
  });

  it('allocates memory for a long string in proportion to what has arrived', () => {
    const value = 'xé'.repeat(200_000);
    const bytes = Buffer.from(`$${Buffer.byteLength(value)}\r\n${value}\r\n`);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 7919) }, (_, i) =>
      bytes.subarray(7919 * i, 7919 * (i + 1)),
    );
    expect(decode(chunks).values).toEqual([value]);
    const decoder = new ReplyDecoder();
    decoder.feed(text('*900000000\r\n$500000000\r\nabc'));
    expect(decoder.next()).toBe(NEED_MORE);
    expect(decoder.bufferedBytes).toBe(3);
  });

  it.each([
    'x\r\n',
    ':\r\n',
    ':1x\r\n',
    '$x\r\n',
    '$-2\r\n',
    '$1\r\nabc',
    '#x\r\n',
    '_x\r\n',
    ',x\r\n',
    '(1.5\r\n',
    '=3\r\nabc\r\n',
    '+a\n',
    '+\n\r\n',
    '*1\r\n>1\r\n:1\r\n',
  ])('refuses %j and everything behind it', (bytes) => {
    const decoder = new ReplyDecoder();
    decoder.feed(text(bytes));
    expect(decoder.next()).toBe(MALFORMED);
    expect(decoder.error).not.toBe('');
    decoder.feed(text('+OK\r\n'));
    expect(decoder.next()).toBe(MALFORMED);
    decoder.reset();
    decoder.feed(text('+OK\r\n'));
    expect(decoder.next()).toBe(DECODED);
  });

  it.each([
    ['a simple string', '+', 'a', 1000, true],
    ['a simple string at its limit', '+', 'a', 100_000, true],
    ['a long simple string', '+', 'a', 100_001, false],
    ['a long error', '-', 'E', 100_001, false],
    ['a big number', '(', '1', 65_536, true],
    ['a long big number', '(', '1', 65_537, false],
    ['a long integer', ':', '1', 65_537, false],
    ['a long length', '$', '1', 65_537, false],
  ])('gives the same answer to %s wherever it is cut', (_, type, character, length, isAccepted) => {
    const stream = text(`${type}${character.repeat(length)}\r\n+OK\r\n`);
    const expected = decode([stream], { maxBulkBytes: 100_000 });
    expect(expected.outcome).toBe(isAccepted ? NEED_MORE : MALFORMED);
    expect(expected.values).toHaveLength(isAccepted ? 2 : 0);
    expect(expected.error).toBe(isAccepted ? '' : 'a line is too long');
    for (const cuts of [[1], [2], [65_000], [length], [length + 1], [length + 2], [100, 65_536, length]])
      expect(decode(cut(stream, cuts), { maxBulkBytes: 100_000 })).toStrictEqual(expected);
  });

  it('refuses a string that is too long for V8, and reads it as a buffer', () => {
    const tooLong = text('$536870889\r\n');
    for (const type of ['$', '!', '='])
      expect(decode([text(`${type}536870889\r\n`)])).toMatchObject({
        outcome: MALFORMED,
        error: 'a string is too long',
      });
    expect(decode([text('$536870888\r\n')])).toMatchObject({ outcome: NEED_MORE });
    expect(decode([tooLong], { bulk: 'buffer' })).toMatchObject({ outcome: NEED_MORE });
  });

  it('fails without throwing if there is no memory', () => {
    const { allocUnsafeSlow } = Buffer;
    const value = 'x'.repeat(1_000_000);
    const streams = [`$1000000\r\n${value}\r\n`, `+${value}\r\n`].map(text);
    for (const options of [{}, { bulk: 'buffer' }] as const) {
      for (const bytes of streams) {
        vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation((size) => {
          if (size > 600_000) throw new RangeError('Array buffer allocation failed');
          return allocUnsafeSlow(size);
        });
        const decoder = new ReplyDecoder(options);
        let outcome: number = NEED_MORE;
        for (let at = 0; at < bytes.length && outcome === NEED_MORE; at += 100_000) {
          decoder.feed(bytes.subarray(at, at + 100_000));
          outcome = decoder.next();
        }
        expect([outcome, decoder.error]).toEqual([MALFORMED, 'not enough memory for a reply']);
        expect(decoder.bufferedBytes).toBe(0);
        vi.restoreAllMocks();
        decoder.reset();
        decoder.feed(bytes);
        expect(decoder.next()).toBe(DECODED);
      }
    }
  });

  it('refuses replies that nest too deep', () => {
    expect(decode([text('*1\r\n'.repeat(5000))])).toMatchObject({ outcome: MALFORMED, error: 'replies nest too deep' });
  });

  it('reads mutated streams without throwing, with the same result wherever they are cut', () => {
    const seed = text(
      '*2\r\n$3\r\nfoo\r\n:12\r\n%1\r\n+a\r\n,1.5\r\n=5\r\ntxt:x\r\n(99\r\n#t\r\n_\r\n>1\r\n+p\r\n|1\r\n+k\r\n:1\r\n~1\r\n:1\r\n-ERR\r\n!3\r\nERR\r\n',
    );
    const mutation = fc.tuple(
      fc.nat(seed.length - 1),
      fc.constantFrom(...text('0123456789$*:+-,_#(=!%~>|\r\nx\0\xff')),
    );
    fc.assert(
      fc.property(fc.array(mutation, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 5 }), (mutations, cuts) => {
        const bytes = Buffer.from(seed);
        for (const [at, byte] of mutations) bytes[at] = byte;
        const options: ReplyDecoderOptions = { maps: 'object' };
        const whole = decode([bytes], options);
        const pieces = decode(cut(bytes, cuts), options);
        expect(pieces.values).toStrictEqual(whole.values);
        expect(pieces.pushes).toStrictEqual(whole.pushes);
        expect(pieces.outcome === MALFORMED).toBe(whole.outcome === MALFORMED);
      }),
      { numRuns: 500 },
    );
  });
});
