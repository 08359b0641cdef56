import { type Random, uniformBelow } from '../../runtime/random';

/** Elementary automata, by Wolfram's numbers, whose patterns do not die out or repeat soon. */
const LIVELY_RULES = [30, 45, 73, 89, 90, 105, 106, 110, 150, 169];

/** The dots of a braille character, by row and column of its 4 by 2 cells: bits of U+2800. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/**
 * A picture of `columns` by `rows` braille characters: the history of a one-dimensional cellular automaton on a ring, with a
 * random rule and first generation, and a line that names the rule. O(columns * rows).
 */
export function drawAutomaton(random: Random, columns: number, rows: number): string {
  const rule = LIVELY_RULES[uniformBelow(random, LIVELY_RULES.length)]!;
  let cells = Array.from({ length: columns * 2 }, () => random.nextUint32() & 1);
  let picture = '';
  for (let row = 0; row < rows; row++) {
    const characters = new Uint16Array(columns).fill(0x2800);
    for (const dots of DOTS) {
      cells.forEach((cell, x) => {
        if (cell === 1) characters[x >> 1]! |= dots[x & 1]!;
      });
      cells = nextGeneration(cells, rule);
    }
    picture += `${String.fromCharCode(...characters)}\n`;
  }
  return `${picture}\nRule ${rule}, one generation below the other. `;
}

/** The next state of a cell is the bit of the rule that the left neighbour, the cell and the right neighbour select. */
function nextGeneration(cells: readonly number[], rule: number): number[] {
  const last = cells.length - 1;
  return cells.map((cell, x) => {
    const left = cells[x === 0 ? last : x - 1]!;
    const right = cells[x === last ? 0 : x + 1]!;
    return (rule >>> (4 * left + 2 * cell + right)) & 1;
  });
}
