import { encodeCommand } from '@nanoredis/resp-codec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandTemplate, wordsOf } from './command-template';

describe('CommandTemplate', () => {
  it('writes the same bytes as encodeCommand, for every index', () => {
    const words = fc.array(fc.constantFrom('HSET', 'a', 'field:__index__', '__rand__', 'x__index____rand__y'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, fc.nat({ max: 999_999_999_999 }), (parts, index) => {
        const template = new CommandTemplate(parts.join(' '), 1000, () => 0.42);
        const bytes = Buffer.alloc(template.length);
        expect(template.write(bytes, 0, index)).toBe(template.length);
        expect(bytes.toString()).toBe(Buffer.from(encodeCommand(wordsOf(parts.join(' '), index, 420))).toString());
      }),
    );
  });
});
