import { describe, expect, it } from 'vitest';
import { rehearse } from './rehearsal';

describe('a rehearsal', () => {
  it('plays its whole script without an error', async () => {
    await expect(rehearse(() => true)).resolves.toBeUndefined();
  });

  it('ends at once when it is not wanted any more, and asks between two slices', async () => {
    let asked = 0;
    await rehearse(() => ++asked < 3);
    expect(asked).toBe(3);
  });

  it('lets the loop have its turns', async () => {
    let turns = 0;
    const turn = (): void => {
      turns++;
      immediate = setImmediate(turn);
    };
    let immediate = setImmediate(turn);
    let slices = 0;
    await rehearse(() => {
      slices++;
      return true;
    });
    clearImmediate(immediate);
    expect(turns).toBeGreaterThanOrEqual(slices - 1);
  });
});
