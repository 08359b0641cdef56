import { describe, expect, test } from 'vitest';
import { createEventLoop } from '../src/index';
import { availableBackends } from './available-backends';

const PAGES = 256;
const PAGE_BYTES = 4096;

describe.each(availableBackends.filter((backend) => backend !== 'libuv'))('discarding over %s', (backend) => {
  test('memory behind whole pages goes back, and what stands beside it stays', async () => {
    const loop = createEventLoop({ backend });
    const bytes = new Uint8Array(new SharedArrayBuffer(PAGES * PAGE_BYTES)).fill(7);
    loop.discard!(bytes.subarray(64 * PAGE_BYTES, 128 * PAGE_BYTES));
    const kept = bytes.filter((byte) => byte === 7).length;
    expect(kept).toBeGreaterThanOrEqual(192 * PAGE_BYTES);
    expect(kept).toBeLessThan(224 * PAGE_BYTES);
    expect(
      [...bytes.subarray(0, 64 * PAGE_BYTES), ...bytes.subarray(128 * PAGE_BYTES)].every((byte) => byte === 7),
    ).toBe(true);
    expect(bytes[96 * PAGE_BYTES]).toBe(0);
    bytes[96 * PAGE_BYTES] = 9;
    expect(bytes[96 * PAGE_BYTES]).toBe(9);
    await loop.close();
  });

  test('less than a page is left as it is', async () => {
    const loop = createEventLoop({ backend });
    const bytes = new Uint8Array(new SharedArrayBuffer(PAGES * PAGE_BYTES)).fill(7);
    loop.discard!(bytes.subarray(5, 100));
    loop.discard!(bytes.subarray(0, 0));
    expect(bytes.every((byte) => byte === 7)).toBe(true);
    await loop.close();
  });
});

test('libuv has no way to discard', async () => {
  const loop = createEventLoop({ backend: 'libuv' });
  expect(loop.discard).toBeNull();
  await loop.close();
});
