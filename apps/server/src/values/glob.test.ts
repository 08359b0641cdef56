import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Glob, MAX_PATTERN_BYTES } from './glob';

function matches(pattern: string, text: string, ignoreCase = false): boolean {
  const patternBytes = Buffer.from(`<${pattern}>`, 'latin1');
  const textBytes = Buffer.from(`(${text})`, 'latin1');
  return new Glob(patternBytes, 1, patternBytes.length - 1, ignoreCase).matches(textBytes, 1, textBytes.length - 1);
}

/** A plain recursive matcher for patterns of stars, question marks and letters. */
function matchesByDefinition(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') {
    return matchesByDefinition(pattern.slice(1), text) || (text !== '' && matchesByDefinition(pattern, text.slice(1)));
  }
  return (
    text !== '' &&
    (pattern[0] === '?' || pattern[0] === text[0]) &&
    matchesByDefinition(pattern.slice(1), text.slice(1))
  );
}

describe('Glob', () => {
  it.each([
    ['h?llo', 'hello', true],
    ['h?llo', 'hllo', false],
    ['h*llo', 'heeeello', true],
    ['h[ae]llo', 'hallo', true],
    ['h[ae]llo', 'hillo', false],
    ['h[^e]llo', 'hallo', true],
    ['h[^e]llo', 'hello', false],
    ['h[a-b]llo', 'hbllo', true],
    ['h[b-a]llo', 'hallo', true],
    ['h\\*llo', 'h*llo', true],
    ['h\\*llo', 'hello', false],
    ['a\\', 'a\\', true],
    ['[\\]]', ']', true],
    ['[abc', 'c', true],
    ['[abc', 'd', false],
    ['[', 'x', false],
    ['[^', 'x', true],
    ['[]', 'x', false],
    ['[^]', 'x', true],
    ['[a-', '-', true],
    ['*a*b*c', 'xxaxxbxxc', true],
    ['*a*b*c', 'xxaxxbxx', false],
    ['a**', 'a', true],
    ['', '', true],
    ['*', 'x', true],
    // Redis' matcher does not read the pattern if there is no text; KEYS and SCAN handle a lone star themselves.
    ['*', '', false],
  ])('%s against %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('ignores the case of letters in single bytes and ranges when asked to', () => {
    expect(matches('HeLLo', 'hEllO', true)).toBe(true);
    expect(matches('[A-C]', 'b', true)).toBe(true);
    expect(matches('[ABC]', 'b', true)).toBe(true);
    expect(matches('HeLLo', 'hEllO')).toBe(false);
  });

  it('compares a range of bytes as signed numbers', () => {
    expect(matches('[\x80-\x01]', '\x00')).toBe(true);
    expect(matches('[\x80-\x01]', '\xff')).toBe(true);
    expect(matches('[\x80-\x01]', '\x7f')).toBe(false);
  });

  it('agrees with a plain recursive matcher', () => {
    const letter = fc.constantFrom('a', 'b');
    const element = fc.constantFrom('a', 'b', '?', '*', '*');
    fc.assert(
      fc.property(
        fc.string({ unit: element, maxLength: 8 }),
        fc.string({ unit: letter, minLength: 1, maxLength: 8 }),
        (pattern, text) => {
          expect(matches(pattern, text)).toBe(matchesByDefinition(pattern, text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('finishes on patterns that make a recursive matcher take exponential time or overflow the stack', () => {
    expect(matches(`${'a*'.repeat(30)}b`, 'a'.repeat(5000))).toBe(false);
    expect(matches('*a'.repeat(20000), 'a'.repeat(20000))).toBe(true);
    expect(matches('*'.repeat(100000), 'a')).toBe(true);
  });

  it('finds long segments as a byte-by-byte search does', () => {
    const element = fc.constantFrom('a', 'b', '?', '[ab]', '[^a]', '\\a');
    const segment = fc.string({ unit: element, minLength: 1, maxLength: 70 });
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(segment, letters, letters, (pattern, before, after) => {
        const literal = pattern.replaceAll('[ab]', '?').replaceAll('[^a]', 'b').replaceAll('\\a', 'a');
        const text = before + literal.replaceAll('?', 'b') + after.repeat(8);
        const regularExpression = new RegExp(`^.*${literal.replaceAll('?', '.')}.*b$`);
        expect(matches(`*${pattern}*b`, text)).toBe(regularExpression.test(text));
        expect(matches(`*${pattern}*`, text)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('takes time in proportion to the text, however long the pattern is', () => {
    expect(matches(`*[${'z'.repeat(40_000)}]`, 'a'.repeat(20_000))).toBe(false);
    expect(matches(`*[${'z'.repeat(40_000)}`, 'z'.repeat(20_000))).toBe(true);
    expect(matches(`*${'a'.repeat(9_000)}?b*c`, 'a'.repeat(20_000))).toBe(false);
    expect(matches(`${'*a'.repeat(5_000)}[b]`, 'a'.repeat(20_000))).toBe(false);
    expect(matches('?'.repeat(300_000), 'a')).toBe(false);
  });

  it('refuses a pattern that would take too much memory to compile', () => {
    const longest = Buffer.alloc(MAX_PATTERN_BYTES, '?');
    expect(new Glob(longest, 0, longest.length).matches(longest, 0, longest.length)).toBe(true);
    const tooLong = Buffer.alloc(MAX_PATTERN_BYTES + 1, '?');
    expect(() => new Glob(tooLong, 0, tooLong.length)).toThrow();
  });

  it('never reads outside the pattern and the text', () => {
    const byte = fc.constantFrom('a', 'b', '[', ']', '^', '-', '\\', '*', '?');
    fc.assert(
      fc.property(fc.string({ unit: byte, maxLength: 8 }), fc.string({ unit: byte, maxLength: 6 }), (pattern, text) => {
        const surrounded = Buffer.from(`]ab${pattern}]-a`, 'latin1');
        const alone = Buffer.from(pattern, 'latin1');
        const bytes = Buffer.from(text, 'latin1');
        expect(new Glob(surrounded, 3, 3 + alone.length).matches(bytes, 0, bytes.length)).toBe(
          new Glob(alone, 0, alone.length).matches(bytes, 0, bytes.length),
        );
      }),
    );
  });
});
