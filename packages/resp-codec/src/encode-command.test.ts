import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCommand, encodedCommandLength, writeCommand } from './encode-command';
import { PARSED } from './parse-outcome';
import { Request } from './request';
import { RequestLimits } from './request-limits';
import { RequestParser } from './request-parser';

describe('encodeCommand', () => {
  it('writes text, bytes and numbers', () => {
    const bytes = encodeCommand(['SET', Buffer.from([0xff, 0]), 'é', -12, 0.5, 2n ** 63n]);
    expect(bytes.toString('latin1')).toBe(
      '*6\r\n$3\r\nSET\r\n$2\r\n\xff\0\r\n$2\r\n\xc3\xa9\r\n$3\r\n-12\r\n$3\r\n0.5\r\n$19\r\n9223372036854775808\r\n',
    );
  });

  it('writes what a RequestParser reads', () => {
    const argument = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }),
      fc.integer(),
    );
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 40 }), (args) => {
        const bytes = encodeCommand(args);
        expect(bytes.length).toBe(encodedCommandLength(args));
        const request = new Request();
        const parser = new RequestParser(request, new RequestLimits());
        parser.feed(bytes, 0, bytes.length);
        expect(parser.next()).toBe(PARSED);
        const read = Array.from({ length: request.count }, (_, i) => request.copyArgument(i));
        expect(read).toEqual(args.map((arg) => Buffer.from(typeof arg === 'number' ? String(arg) : (arg as string))));
      }),
    );
  });

  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'boolean'],
    [Symbol('s'), 'symbol'],
    [{}, 'Object'],
    [['a'], 'Array'],
    [new Uint16Array(2), 'Uint16Array'],
    [new ArrayBuffer(2), 'ArrayBuffer'],
  ])('says which argument has a wrong type: %s', (argument, name) => {
    const args = ['SET', argument] as string[];
    const error = new TypeError(
      `argument 1 of a command has to be a string, a Uint8Array, a number or a bigint, not ${name}`,
    );
    expect(() => encodeCommand(args)).toThrow(error);
    expect(() => encodedCommandLength(args)).toThrow(error);
    const target = Buffer.alloc(100, '.');
    expect(() => writeCommand(target, 0, args)).toThrow(error);
    expect(target.toString()).toBe('.'.repeat(100));
  });

  it('writes into a given buffer, or nothing if it is too small', () => {
    const target = Buffer.alloc(20, '.');
    expect(writeCommand(target, 3, ['PING'])).toBe(17);
    expect(target.toString()).toBe('...*1\r\n$4\r\nPING\r\n...');
    expect(() => writeCommand(target, 7, ['PING'])).toThrow(RangeError);
    expect(target.toString()).toBe('...*1\r\n$4\r\nPING\r\n...');
  });
});
