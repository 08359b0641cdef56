import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** What the comment of an object says that a module keeps from one call of a command to the next. */
const SCRATCH = 'Scratch of one call: valid until the command ends or calls another command.';

/** An object at the top level of a module that can change; constants are in upper case. */
const MUTABLE = /^(?:export )?(?:let \w+|const [a-z]\w*(?:: [\w<>[\]]+)? = (?:new |Buffer\.|\{ \w+: [\d]))/;

const root = new URL('../', import.meta.url);

interface Source {
  readonly path: string;
  readonly lines: readonly string[];
}

const sources: readonly Source[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /^(commands|values|request)\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => ({ path, lines: readFileSync(new URL(path, root), 'utf8').split('\n') }));

/** Lines with module state, each with the comment above it. */
function statesOf({ lines }: Source): { name: string; comment: string }[] {
  return lines.flatMap((line, index) => {
    if (!MUTABLE.test(line)) return [];
    let first = index;
    while (first > 0 && /^( \*|\/\*\*)/.test(lines[first - 1]!)) first--;
    return [
      {
        name: line,
        comment: lines
          .slice(first, index)
          .join(' ')
          .replace(/\s+\*?\s*/g, ' '),
      },
    ];
  });
}

describe('state of modules, which several servers of a process share', () => {
  it('is scratch of one call, and says so', () => {
    const others = sources.flatMap((source) =>
      statesOf(source)
        .filter(({ comment }) => !comment.includes(SCRATCH))
        .map(({ name }) => `${source.path}: ${name}`),
    );
    expect(others).toEqual([]);
    expect(sources.flatMap(statesOf).length).toBeGreaterThan(20);
  });

  it('is not used by commands that call commands', () => {
    const calling = sources.filter(({ lines }) => /\bcall\.execute(Queued)?\(/.test(lines.join('\n')));
    expect(calling.map(({ path }) => path)).toContain('commands/transactions/exec.ts');
    expect(calling.flatMap(statesOf)).toEqual([]);
  });
});
