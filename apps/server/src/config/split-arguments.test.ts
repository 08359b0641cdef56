import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteArgument, splitArguments } from './split-arguments';

describe('splitArguments', () => {
  it('splits at blanks of every kind', () => {
    expect(splitArguments('  set  a\tb\v ')).toEqual(['set', 'a', 'b\v']);
    expect(splitArguments('')).toEqual([]);
    expect(splitArguments(' \n\r\t')).toEqual([]);
  });

  it('reads escapes in double quotes', () => {
    expect(splitArguments('"a\\n\\r\\t\\b\\a\\x41\\"\\q\\\\"')).toEqual(['a\n\r\t\b\x07A"q\\']);
    expect(splitArguments('"\\xc3\\xa9\\xZZ"')).toEqual(['éxZZ']);
  });

  it('knows one escape in single quotes', () => {
    expect(splitArguments("'it\\'s' 'a\\n'")).toEqual(["it's", 'a\\n']);
  });

  it('keeps empty arguments that are quoted', () => {
    expect(splitArguments('save "" \'\'')).toEqual(['save', '', '']);
  });

  it('lets a quote begin within a word', () => {
    expect(splitArguments('foo"bar baz" x')).toEqual(['foobar baz', 'x']);
  });

  it.each(['"', "'", '"a', "'a", '"a"b', "'a'b", '"a\\', '"a\\"', 'x "'])(
    'finds the quotes unbalanced in %s',
    (line) => {
      expect(splitArguments(line)).toBeNull();
    },
  );

  it('reads back whatever quoteArgument wrote', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', 'x', '0', '\n', '\0', '\x7f', 'é', '😀') }),
          { maxLength: 6 },
        ),
        (args) => {
          expect(splitArguments(args.map(quoteArgument).join(' '))).toEqual(args);
        },
      ),
    );
  });

  it('never throws and never makes more arguments than the line has characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', 'x', '4', '\n') }), (line) => {
        expect(splitArguments(line)?.length ?? 0).toBeLessThanOrEqual(line.length);
      }),
    );
  });
});
