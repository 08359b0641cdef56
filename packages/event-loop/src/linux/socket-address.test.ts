import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeInternetAddress, encodeInternetAddress, encodeUnixAddress } from './socket-address';

const scratch = Buffer.alloc(128, 0xff);

function lengthOf(host: string): number {
  try {
    return encodeInternetAddress(scratch, host, 1);
  } catch {
    return 0;
  }
}

describe('internet addresses', () => {
  test('are decoded as encoded, in the shortest form', () => {
    const cases = {
      '127.0.0.1': '127.0.0.1',
      '::': '::',
      '::1': '::1',
      '1::': '1::',
      '2001:DB8:0:0:1:0:0:1': '2001:db8::1:0:0:1',
      '1:0:2:0:3:0:4:0': '1:0:2:0:3:0:4:0',
      '::ffff:192.0.2.7': '::ffff:192.0.2.7',
      '64:ff9b::192.0.2.33': '64:ff9b::c000:221',
    };
    for (const [host, shortest] of Object.entries(cases)) {
      encodeInternetAddress(scratch, host, 6379);
      expect(decodeInternetAddress(scratch)).toEqual({
        host: shortest,
        port: 6379,
        family: host.includes(':') ? 6 : 4,
      });
    }
  });

  test('of any bytes survive a round trip', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 0, max: 65535 }), (host, port) => {
        const length = encodeInternetAddress(scratch, host, port);
        const decoded = decodeInternetAddress(scratch);
        const first = Buffer.from(scratch.subarray(0, length));
        encodeInternetAddress(scratch, decoded?.host as string, port);
        expect(scratch.subarray(0, length).equals(first)).toBe(true);
        expect(decoded?.port).toBe(port);
      }),
    );
  });

  test('are accepted exactly if Node accepts them', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      '01',
      '255',
      '256',
      'a',
      'FFFF',
      '12345',
      'g',
      '',
      '.',
      ':',
      '::',
      '1.2.3.4',
      ' ',
      '-1',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 18 }).map((pieces) => pieces.join('')),
      fc
        .array(fc.constantFrom('0', 'a', 'FFFF', '1.2.3.4', ''), { minLength: 6, maxLength: 9 })
        .map((groups) => groups.join(':')),
      fc
        .array(fc.constantFrom('0', '9', '01', '255', '256', ''), { minLength: 3, maxLength: 5 })
        .map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(text, (host) => {
        const family = { 16: 4, 28: 6 }[lengthOf(host)] ?? 0;
        expect(family, host).toBe(isIP(host));
      }),
      { numRuns: 2000 },
    );
  });

  test('are refused if invalid', () => {
    for (const host of ['', 'localhost', '1.2.3', '1.2.3.256', ':::', 'fe80::1%eth0']) {
      expect(() => encodeInternetAddress(scratch, host, 1)).toThrow(TypeError);
    }
    for (const port of [-1, 65536, 1.5, Number.NaN]) {
      expect(() => encodeInternetAddress(scratch, '::', port)).toThrow(RangeError);
    }
  });
});

test('unix paths that do not fit are refused', () => {
  expect(encodeUnixAddress(scratch, '/run/a')).toBe(9);
  expect(scratch.subarray(0, 9).toString('latin1')).toBe('\x01\0/run/a\0');
  expect(encodeUnixAddress(scratch, 'x'.repeat(107))).toBe(110);
  for (const path of ['', 'x'.repeat(108), 'a\0b']) expect(() => encodeUnixAddress(scratch, path)).toThrow(RangeError);
});
