import { describe, expect, it } from 'vitest';
import { warmUp } from './warm-up';

describe('warmUp', () => {
  it('serves all of its input without an error', async () => {
    await expect(warmUp(() => true)).resolves.toBeUndefined();
  });

  it('asks before each slice whether it may continue, and ends at once if not', async () => {
    let asked = 0;
    await warmUp(() => ++asked < 3);
    expect(asked).toBe(3);
  });

  it('lets the loop run between two slices', async () => {
    let iterations = 0;
    const iterate = (): void => {
      iterations++;
      immediate = setImmediate(iterate);
    };
    let immediate = setImmediate(iterate);
    let slices = 0;
    await warmUp(() => {
      slices++;
      return true;
    });
    clearImmediate(immediate);
    expect(iterations).toBeGreaterThanOrEqual(slices - 1);
  });
});
