import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { CoarseClock } from './coarse-clock';

it('advances while timers run, and reads the time once for many calls', async () => {
  const read = vi.spyOn(Date, 'now');
  const clock = new CoarseClock();
  const first = clock.now();
  for (let i = 0; i < 100; i++) expect(clock.now()).toBe(first);
  expect(read).toHaveBeenCalledTimes(1);
  await sleep(20);
  expect(clock.now()).toBeGreaterThan(first);
  read.mockRestore();
});

it('advances in code that lets no timer run', () => {
  const clock = new CoarseClock();
  const first = clock.now();
  const start = Date.now();
  while (clock.now() === first && Date.now() < start + 10_000);
  expect(clock.now()).toBeGreaterThan(first);
});
