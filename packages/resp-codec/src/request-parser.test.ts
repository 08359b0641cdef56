import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { INCOMPLETE, OUT_OF_MEMORY, PARSED, PROTOCOL_ERROR, QUERY_TOO_LARGE } from './parse-outcome';
import { Request } from './request';
import { RequestLimits } from './request-limits';
import { RequestParser } from './request-parser';

interface Reading {
  requests: string[][];
  outcome: number;
  error: string;
  buffered: number;
}

/** Feeds the pieces one after the other, each in a buffer that is overwritten afterwards, and collects the requests. */
function read(pieces: Uint8Array[], limits = new RequestLimits(), unauthenticated = false): Reading {
  const request = new Request();
  const parser = new RequestParser(request, limits);
  parser.unauthenticated = unauthenticated;
  const requests: string[][] = [];
  let outcome: number = INCOMPLETE;
  for (const piece of pieces) {
    const window = Buffer.concat([Buffer.from('?*$\r\n'), piece, Buffer.from('\r\n*1\r\n$1\r\nx\r\n')]);
    parser.feed(window, 5, 5 + piece.length);
    for (outcome = parser.next(); outcome === PARSED; outcome = parser.next()) {
      requests.push(Array.from({ length: request.count }, (_, i) => request.toLatin1(i)));
    }
    window.fill(0x2a);
  }
  return { requests, outcome, error: parser.error, buffered: parser.bufferedBytes };
}

const text = (...parts: string[]): Uint8Array => Buffer.from(parts.join(''), 'latin1');
const resp = (...args: string[]): string =>
  `*${args.length}\r\n${args.map((arg) => `$${arg.length}\r\n${arg}\r\n`).join('')}`;

function cut(bytes: Uint8Array, cuts: number[]): Uint8Array[] {
  const places = [0, ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((to, i) => bytes.subarray(places[i], to));
}

const argument = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 12 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const command = fc.array(argument, { minLength: 1, maxLength: 12 });

describe('RequestParser', () => {
  it('reads a request in place, without copying it', () => {
    const request = new Request();
    const parser = new RequestParser(request, new RequestLimits());
    const window = Buffer.from(`xx${resp('SET', 'key', 'value')}yy`);
    parser.feed(window, 2, window.length - 2);
    expect(parser.next()).toBe(PARSED);
    expect(request.bytes).toBe(window);
    expect([request.count, request.toUtf8(0), request.toUtf8(2)]).toEqual([3, 'SET', 'value']);
    expect(parser.next()).toBe(INCOMPLETE);
    expect(parser.bufferedBytes).toBe(0);
  });

  it('reads what was written, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 8 }), (commands, cuts) => {
        const bytes = text(...commands.map((args) => resp(...args)));
        const reading = read(cut(bytes, cuts));
        expect(reading).toEqual({ requests: commands, outcome: INCOMPLETE, error: '', buffered: 0 });
      }),
    );
  });

  it('counts the empty requests that it skips, whole and cut', () => {
    const parser = new RequestParser(new Request(), new RequestLimits());
    const window = text('\r\n*0\r\n*-1\r\n  \r\nA\r\n\r\nB\r\n*');
    parser.feed(window, 0, window.length);
    const seen = [PARSED, PARSED, INCOMPLETE].map((outcome) => {
      parser.skippedRequests = 0;
      expect(parser.next()).toBe(outcome);
      return parser.skippedRequests;
    });
    expect(seen).toEqual([4, 1, 0]);
    parser.feed(text('0\r\n'), 0, 3);
    expect(parser.next()).toBe(INCOMPLETE);
    expect(parser.skippedRequests).toBe(1);
  });

  it('can stop behind any byte', () => {
    const stream = text(
      resp('GET', 'k'),
      '*0\r\n',
      'PING  "a\\x41\\n" \'b c\'\r\n',
      '\r\n',
      '*-1\r\n',
      resp('', 'x'.repeat(120)),
      'a b\n',
    );
    const expected = [
      ['GET', 'k'],
      ['PING', 'aA\n', 'b c'],
      ['', 'x'.repeat(120)],
      ['a', 'b'],
    ];
    for (let at = 0; at <= stream.length; at++) expect(read(cut(stream, [at])).requests).toEqual(expected);
    expect(read(Array.from(stream, (_, i) => stream.subarray(i, i + 1))).requests).toEqual(expected);
  });

  it('continues after a detach, also with further windows', () => {
    const request = new Request();
    const parser = new RequestParser(request, new RequestLimits());
    const window = Buffer.from(resp('a') + resp('b') + resp('c').slice(0, 5));
    parser.feed(window, 0, window.length);
    expect(parser.next()).toBe(PARSED);
    parser.detach();
    expect(parser.bufferedBytes).toBe(16);
    window.fill(0);
    parser.feed(Buffer.from(resp('c').slice(5)), 0, 6);
    parser.feed(Buffer.from(resp('d')), 0, 11);
    const names: string[] = [];
    while (parser.next() === PARSED) names.push(request.toUtf8(0));
    expect(names).toEqual(['b', 'c', 'd']);
    expect(parser.bufferedBytes).toBe(0);
  });

  it('does not allocate a declared length', () => {
    const parser = new RequestParser(new Request(), new RequestLimits());
    for (const bytes of [text('*1000000\r\n$500000000\r\nabc'), text('def')]) {
      parser.feed(bytes, 0, bytes.length);
      expect(parser.next()).toBe(INCOMPLETE);
    }
    expect(parser.bufferedBytes).toBe(6);
    expect(parser.allocatedBytes).toBeLessThan(4096);
  });

  it('frees the memory of a large value with the next call', () => {
    const request = new Request();
    const parser = new RequestParser(request, new RequestLimits());
    const value = Buffer.alloc(3_000_000, 'v');
    const stream = Buffer.concat([text('*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3000000\r\n'), value, text('\r\n')]);
    let most = 0;
    let parsed = 0;
    for (let at = 0; at < stream.length; at += 16384) {
      parser.feed(stream, at, Math.min(stream.length, at + 16384));
      while (parser.next() === PARSED) {
        parsed++;
        expect(Buffer.compare(request.copyArgument(2), value)).toBe(0);
      }
      most = Math.max(most, parser.allocatedBytes);
    }
    expect(parsed).toBe(1);
    expect(most).toBeLessThan(1.1 * value.length);
    expect(parser.allocatedBytes).toBe(0);
  });

  it('stops when the query is too large', () => {
    const limits = new RequestLimits({ maxQueryBytes: 1000 });
    const piece = text('x'.repeat(600));
    const reading = read([text('*1\r\n$5000\r\n'), piece, piece, piece], limits);
    expect(reading).toMatchObject({ requests: [], outcome: QUERY_TOO_LARGE, error: '' });
  });

  it.each([
    ['*x\r\n', 'invalid multibulk length'],
    ['*1048577\r\n', 'invalid multibulk length'],
    ['*1\r\n+PING\r\n', "expected '$', got '+'"],
    ['*1\r\n$-1\r\n', 'invalid bulk length'],
    ['*1\r\n$536870913\r\n', 'invalid bulk length'],
    ['*1\r\n$01\r\nx\r\n', 'invalid bulk length'],
    ['GET "x\r\n', 'unbalanced quotes in request'],
    [`*${'1'.repeat(70000)}`, 'too big mbulk count string'],
    [`*1\r\n$${'1'.repeat(70000)}`, 'too big bulk count string'],
    ['a'.repeat(70000), 'too big inline request'],
  ])('refuses %j', (bytes, error) => {
    const stream = text(resp('a'), bytes, resp('b'));
    const expected = { requests: [['a']], outcome: PROTOCOL_ERROR, error: `Protocol error: ${error}`, buffered: 0 };
    expect(read([stream])).toEqual(expected);
    expect(read(cut(stream, [1, 9, 14, 17, 20, 21, 22, 23, 24, 25, 26]))).toEqual(expected);
  });

  describe('without memory', () => {
    const noMemory = (): never => {
      throw new RangeError('Array buffer allocation failed');
    };
    afterEach(() => vi.restoreAllMocks());

    /** Expects that the pieces cannot be read without memory, and that the parser works again after a release. */
    function expectOutOfMemory(pieces: Uint8Array[], maxBytes: number): void {
      const request = new Request();
      const parser = new RequestParser(request, new RequestLimits());
      const { allocUnsafeSlow } = Buffer;
      vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation((size) =>
        size > maxBytes ? noMemory() : allocUnsafeSlow(size),
      );
      const outcomes = pieces.map((piece) => {
        parser.feed(piece, 0, piece.length);
        return parser.next();
      });
      expect(outcomes.at(-1)).toBe(OUT_OF_MEMORY);
      expect([parser.error, parser.bufferedBytes, parser.allocatedBytes]).toEqual(['', 0, 0]);
      parser.feed(text('PING\r\n'), 0, 6);
      expect(parser.next()).toBe(OUT_OF_MEMORY);
      vi.restoreAllMocks();
      parser.release();
      parser.feed(text('PING\r\n'), 0, 6);
      expect(parser.next()).toBe(PARSED);
      expect(request.toUtf8(0)).toBe('PING');
    }

    it('fails with a request that is cut', () => {
      const piece = text('x'.repeat(100_000));
      const start = text('*2\r\n$1\r\nk\r\n$9000000\r\n');
      expectOutOfMemory([start, piece, piece], 110_000);
      expectOutOfMemory([text(`*3\r\n${'$5000000\r\n'.padEnd(10)}`), text('y'.repeat(5_000_000))], 4_000_000);
      expectOutOfMemory([text('GET '), text(`${'z'.repeat(50_000)}\r\n`)], 5000);
      expectOutOfMemory([text(`*2\r\n$90000\r\n${'x'.repeat(90_000)}\r\n$1`)], 10);
    });

    it('fails with unread requests that have to be stored', () => {
      const parser = new RequestParser(new Request(), new RequestLimits());
      const window = text(resp('SET', 'key', 'v'.repeat(10_000)), resp('PING'));
      parser.feed(window, 0, window.length);
      vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation(noMemory);
      parser.detach();
      expect(parser.next()).toBe(OUT_OF_MEMORY);
      expect(parser.bufferedBytes).toBe(0);
    });

    it('fails with arguments whose spans cannot be stored', () => {
      const many = text(resp(...Array.from({ length: 5000 }, () => 'x')));
      const inline = text(`${'x '.repeat(5000)}\r\n`);
      for (const pieces of [[many], cut(many, [20_000]), [inline], cut(inline, [5000])]) {
        vi.stubGlobal(
          'Int32Array',
          class extends Int32Array {
            constructor(length: number) {
              if (length > 4000) throw new RangeError('Array buffer allocation failed');
              super(length);
            }
          },
        );
        try {
          expectOutOfMemory(pieces, Number.MAX_SAFE_INTEGER);
        } finally {
          vi.unstubAllGlobals();
        }
      }
    });
  });

  it('limits the requests of a client that has not authenticated', () => {
    const many = text(resp(...Array.from({ length: 11 }, () => 'x')));
    expect(read([many], new RequestLimits(), true).error).toBe('Protocol error: unauthenticated multibulk length');
    const long = text(resp('x'.repeat(16385)));
    expect(read([long], new RequestLimits(), true).error).toBe('Protocol error: unauthenticated bulk length');
    expect(read([text(resp('x'.repeat(16384)))], new RequestLimits(), true).requests).toHaveLength(1);
    expect(read([many, long]).requests).toHaveLength(2);
  });
});
