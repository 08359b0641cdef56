import { describe, expect, it } from 'vitest';
import { commandsPage, servedNames } from './commands-page';
import { commandDifferences } from './differences';

describe('docs/commands.md', () => {
  it('is up to date; npm run docs:commands updates it', async () => {
    await expect(commandsPage()).toMatchFileSnapshot('../../../docs/commands.md');
  });

  it('lists differences only of served commands', () => {
    expect(Object.keys(commandDifferences).filter((name) => !servedNames.has(name))).toEqual([]);
  });
});
