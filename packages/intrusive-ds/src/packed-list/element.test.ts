import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElementEncoder } from './element-encoder';
import { ELEMENT_BYTES, longElementBytes } from './element-format';
import { ElementView } from './element-view';
import { anyText } from './texts.fixture';

const encoder = new ElementEncoder();
const view = new ElementView();

function encode(text: Buffer): Buffer {
  const element = Buffer.alloc(encoder.prepare(text, 0, text.length));
  encoder.write(element, 0);
  return element;
}

function decode(element: Buffer): Buffer {
  view.readAt(element, 0);
  return Buffer.from(view.bytes.subarray(view.start, view.end));
}

describe('elements', () => {
  it('are decoded byte for byte, and have the size that their head gives', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const element = encode(text);
        expect(decode(element).equals(text)).toBe(true);
        expect(view.readAt(element, 0)).toBe(element.length);
        expect(ELEMENT_BYTES[element[0]!] || longElementBytes(element, 0)).toBe(element.length);
      }),
      { numRuns: 800 },
    );
  });

  it('are equal exactly if their texts are', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const element = encode(text);
        encoder.prepare(other, 0, other.length);
        expect(encoder.first === element[0] && encoder.isAt(element, 0)).toBe(text.equals(other));
        encoder.prepare(text, 0, text.length);
        expect(encoder.first === element[0] && encoder.isAt(element, 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['', 1],
    ['7', 1],
    ['63', 1],
    ['64', 2],
    ['12345', 3],
    ['-1', 2],
    ['65535', 3],
    ['65536', 4],
    ['-65536', 4],
    ['4294967295', 5],
    ['4294967296', 6],
    ['9007199254740993', 8],
    ['9223372036854775807', 9],
    ['-9223372036854775808', 9],
    ['9999999999999999999', 9],
    ['18446744073709551616', 12],
    ['007', 4],
    ['-0', 3],
    ['+1', 3],
    ['1.5', 4],
    ['abc!', 5],
    ['element:000000012345', 16],
    ['d41d8cd98f00b204e9800998ecf8427e', 18],
    ['D41D8CD98F00B204', 13],
    ['four', 4],
    ['seven:x', 7],
    ['eightxxx', 7],
    ['with a space', 13],
    ['01234567-89ab-cdef-0123-456789abcdef', 29],
    ['x '.repeat(31), 63],
    ['x '.repeat(32), 66],
    ['x'.repeat(33), 26],
    ['x'.repeat(34), 28],
    ['x'.repeat(289), 219],
    ['x'.repeat(290), 292],
    ['x'.repeat(4159), 4161],
    ['x'.repeat(4160), 4165],
  ])('hold %j in %i bytes', (text, bytes) => {
    const element = encode(Buffer.from(text));
    expect(element.length).toBe(bytes);
    expect(decode(element).toString()).toBe(text);
  });
});
