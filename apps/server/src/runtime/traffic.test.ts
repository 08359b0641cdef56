import { expect, it } from 'vitest';
import { Traffic } from './traffic';

it('Traffic counts bytes since the last reset', () => {
  const counters = { bytesRead: 10, bytesWritten: 20 };
  const traffic = new Traffic(counters);
  expect([traffic.inputBytes, traffic.outputBytes]).toEqual([10, 20]);
  traffic.reset();
  counters.bytesRead = 15;
  counters.bytesWritten = 21;
  expect([traffic.inputBytes, traffic.outputBytes]).toEqual([5, 1]);
});
