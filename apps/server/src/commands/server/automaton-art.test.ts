import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../runtime/random';
import { drawAutomaton } from './automaton-art';

/** The picture's cells as rows of bits, decoded from the dots of its braille characters. */
function cellsOf(picture: string): number[][] {
  const dots = [
    [0x01, 0x08],
    [0x02, 0x10],
    [0x04, 0x20],
    [0x40, 0x80],
  ];
  const lines = picture.split('\n').slice(0, -2);
  return lines.flatMap((line) =>
    dots.map((row) => [...line].flatMap((c) => row.map((bit) => ((c.charCodeAt(0) - 0x2800) & bit ? 1 : 0)))),
  );
}

describe('drawAutomaton', () => {
  it('draws generations that follow the named rule', () => {
    for (let seed = 0; seed < 20; seed++) {
      const picture = drawAutomaton(new SeededRandom(seed), 12, 5);
      const rule = Number(/Rule (\d+)/.exec(picture)![1]);
      const rows = cellsOf(picture);
      expect(rows).toHaveLength(20);
      for (let y = 1; y < rows.length; y++) {
        const above = rows[y - 1]!;
        const next = above.map((cell, x) => {
          const neighbours = above.at(x - 1)! * 4 + cell * 2 + above[(x + 1) % above.length]!;
          return (rule >> neighbours) & 1;
        });
        expect(rows[y]).toEqual(next);
      }
    }
  });
});
