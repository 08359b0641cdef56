import { describe, expect, it } from 'vitest';
import { Configuration } from '../config/configuration';
import type { Log } from '../runtime/log';
import { limitClientsByDescriptors } from './client-capacity';

function limited(limit: number, maxclients = 10_000): { config: Configuration; lines: string[] } {
  const config = new Configuration();
  config.assign({ maxclients });
  const lines: string[] = [];
  const log: Log = { write: (_level, text) => void lines.push(text) };
  limitClientsByDescriptors(config, log, { limit, open: 20 });
  return { config, lines };
}

describe('limitClientsByDescriptors', () => {
  it('lowers maxclients to what the process may open, and says so', () => {
    const { config, lines } = limited(256);
    expect(config.values.maxclients).toBe(220);
    expect(lines).toEqual([expect.stringContaining('maxclients has been reduced to 220')]);
  });

  it('leaves maxclients alone where there are descriptors enough', () => {
    for (const limit of [10_036, Number.POSITIVE_INFINITY]) {
      const { config, lines } = limited(limit);
      expect(config.values.maxclients).toBe(10_000);
      expect(lines).toEqual([]);
    }
  });

  it('refuses CONFIG SET of more', () => {
    const { config } = limited(256, 100);
    expect(config.set([['maxclients', '221']], true)).toContain(
      'not able to handle the specified number of clients, try with 220',
    );
    expect(config.values.maxclients).toBe(100);
    expect(config.set([['maxclients', '220']], true)).toBeNull();
    expect(config.values.maxclients).toBe(220);
  });

  it('fails where no client could be served', () => {
    expect(() => limited(30)).toThrow("Your current 'ulimit -n' of 30 is not enough for the server to start.");
  });
});
