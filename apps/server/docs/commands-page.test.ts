import { describe, expect, it } from 'vitest';
import { commandsPage, servedNames } from './commands-page';
import { commandDifferences } from './differences';

describe('docs/commands.md', () => {
  it('is up to date; npm run docs:commands brings it there', async () => {
    await expect(commandsPage()).toMatchFileSnapshot('../../../docs/commands.md');
  });

  it('tells of differences of commands that are served', () => {
    expect(Object.keys(commandDifferences).filter((name) => !servedNames.has(name))).toEqual([]);
  });
});
