import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScore, parseScoreBound } from './score-text';

function score(text: string): number {
  const bytes = Buffer.from(`<${text}>`, 'latin1');
  return parseScore(bytes, 1, bytes.length - 1);
}

function bound(text: string): number {
  const bytes = Buffer.from(`<${text}>`, 'latin1');
  return parseScoreBound(bytes, 1, bytes.length - 1);
}

describe('the text of a score', () => {
  it.each([
    ['0', 0],
    ['-0', -0],
    ['+1', 1],
    ['1.', 1],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['12345678901.25', 12345678901.25],
    ['123456789012345', 123456789012345],
    ['1234567890123456', 1234567890123456],
    ['9007199254740993', 9007199254740992],
    ['0.1', 0.1],
    ['1e5', 1e5],
    ['1E+5', 1e5],
    ['1e-310', 1e-310],
    ['0e99999', 0],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['0x1p3', 8],
    ['0x.8', 0.5],
    ['-0X1.8P+1', -3],
    ['0x1p-1074', 5e-324],
    ['0x1.fffffffffffff8p0', 2],
    ['0x1.fffffffffffff4p0', 1.9999999999999998],
    ['0x20000000000001', 9007199254740992],
    ['0x20000000000003', 9007199254740996],
    ['0x1.8p-1075', 5e-324],
  ])('reads %s', (text, value) => {
    expect(score(text)).toBe(value);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '.',
    '-',
    '+',
    '--1',
    '1e',
    '1e+',
    '0x',
    '0x.',
    '0x1p',
    'nan',
    '-nan',
    'nan(1)',
    'infx',
    'in',
    '1e400',
    '-1e400',
    '1e-400',
    '0x1p1024',
    '0x1p-1075',
    '1_0',
    '1,5',
    '1..2',
    '1\0',
    '\t1',
  ])('refuses %j', (text) => {
    expect(score(text)).toBeNaN();
  });

  it('parses the output of JavaScript to the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(score(Object.is(value, -0) ? '-0' : String(value))).toBe(value);
      }),
    );
  });

  it('parses plain decimals exactly as JavaScript does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 999_999 }), (whole, fraction) => {
        const text = `${whole}.${fraction}`;
        expect(score(text)).toBe(Number(text));
        expect(score(`-${text}`)).toBe(-Number(text));
      }),
    );
  });

  it('reads nothing outside its bytes', () => {
    const bytes = Buffer.from('12345');
    expect(parseScore(bytes, 1, 3)).toBe(23);
    expect(parseScore(bytes, 2, 2)).toBeNaN();
    expect(parseScore(Buffer.from('-7'), 0, 0)).toBeNaN();
  });
});

describe('the text of a bound', () => {
  it.each([
    ['', 0],
    [' 5', 5],
    ['1e400', Number.POSITIVE_INFINITY],
    ['1e-400', 0],
    ['5\0junk', 5],
    ['\0junk', 0],
    ['0x10', 16],
    ['-inf', Number.NEGATIVE_INFINITY],
  ])('reads %j', (text, value) => {
    expect(bound(text)).toBe(value);
  });

  it.each([' ', '5 ', 'nan', '(5', '5x', 'x'])('refuses %j', (text) => {
    expect(bound(text)).toBeNaN();
  });
});
