import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ConnectionHandler, EventLoop } from '../src/index';
import { IoUringLoop } from '../src/io-uring/io-uring-loop';
import { loadLibc } from '../src/linux/libc';
import { availableBackends } from './available-backends';
import { connectTo, patterned, readExactly } from './client';

/** Lets many peers send more than fits at the same time, twice. */
async function exercise(loop: EventLoop): Promise<void> {
  const listener = await loop.listen(
    {},
    {
      onOpen() {},
      onData(connection, bytes, start, end) {
        connection.write(bytes, start, end);
      },
      onClose() {},
    },
  );
  const clients: Socket[] = await Promise.all(Array.from({ length: 150 }, () => connectTo(listener)));
  const bytes = patterned(50_000);
  for (let round = 0; round < 2; round++) {
    for (const client of clients) client.write(bytes);
    for (const client of clients) expect((await readExactly(client, bytes.length)).equals(bytes)).toBe(true);
  }
  for (const client of clients) client.destroy();
  await loop.close();
}

describe.runIf(availableBackends.includes('io_uring'))('io_uring', () => {
  test('works with rings and buffers that are much too small', async () => {
    const options = { ringEntries: 8, inputBuffers: 8, inputBytes: 1024, chunkBytes: 4096 };
    await exercise(new IoUringLoop(loadLibc(), 'test', options));
  });

  test('passes on a long run of input in windows of many buffers', async () => {
    const loop = new IoUringLoop(loadLibc(), 'test', { inputBytes: 1024 });
    const received: Buffer[] = [];
    const sent = patterned(20_000);
    await new Promise<void>((resolve) => {
      const handler: ConnectionHandler = {
        onOpen() {},
        onData(_connection, bytes, start, end) {
          received.push(Buffer.from(bytes.subarray(start, end)));
          if (Buffer.concat(received).length === sent.length) resolve();
        },
        onClose() {},
      };
      void loop.listen({}, handler).then(async (listener) => (await connectTo(listener)).end(sent));
    });
    expect(Buffer.concat(received).equals(sent)).toBe(true);
    expect(received.length).toBeLessThan(sent.length / 1024);
    await loop.close();
  });

  test.each([1, 2])('works with the setup flags of older kernels (%i)', async (firstSetupFlags) => {
    await exercise(new IoUringLoop(loadLibc(), 'test', {}, firstSetupFlags));
  });
});
