import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEventLoop } from '../src/index';
import { availableBackends } from './available-backends';
import { buildPackage, removeBuild, runScript, startWithLimit } from './built-package';
import { connectTo, readExactly, until } from './client';

let packageUrl = '';
beforeAll(async () => {
  packageUrl = await buildPackage();
});
afterAll(removeBuild);

const echo = `{
  onOpen() {},
  onData(connection, bytes, start, end) { connection.write(bytes, start, end); },
  onClose() {},
}`;

describe.each(availableBackends)('a loop over %s as a guest of Node', (backend) => {
  const prologue = () => `
    import { connect } from 'node:net';
    import { once } from 'node:events';
    import { createEventLoop } from ${JSON.stringify(packageUrl)};
    const loop = createEventLoop({ backend: '${backend}' });
  `;

  test('lets timers, promises and files proceed under load', async () => {
    const loop = createEventLoop({ backend });
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
    const clients = await Promise.all(Array.from({ length: 10 }, () => connectTo(listener)));
    // Each echo is sent back again, so the loop never becomes idle.
    for (const client of clients) {
      client.on('data', (bytes) => client.write(bytes));
      client.write(Buffer.alloc(2000));
    }
    const before = loop.statistics.bytesRead;
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await stat('.');
      await Promise.resolve();
    }
    expect((await readFile(fileURLToPath(import.meta.url))).length).toBeGreaterThan(1000);
    expect(loop.statistics.bytesRead).toBeGreaterThan(before);
    for (const client of clients) client.destroy();
    await loop.close();
  });

  test('sleeps while idle, and wakes at once', async () => {
    const loop = createEventLoop({ backend });
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
    const client = await connectTo(listener);
    client.write('a');
    await readExactly(client, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = loop.statistics.iterations;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(loop.statistics.iterations).toBe(before);
    client.write('b');
    expect((await readExactly(client, 1)).toString()).toBe('b');
    client.destroy();
    await loop.close();
  });

  test('keeps the process alive while it listens, and lets it end when everything is closed', async () => {
    const { output, code } = await runScript(`${prologue()}
      const listener = await loop.listen({}, ${echo});
      const client = connect(listener.address.port);
      client.write('hello');
      const [bytes] = await once(client, 'data');
      client.destroy();
      console.log(bytes.toString());
      let isLate = false;
      process.on('exit', () => console.log('exit', isLate));
      setTimeout(async () => { isLate = true; await loop.close(); }, 60).unref();
    `);
    expect(output).toBe('hello\nexit true');
    expect(code).toBe(0);
  });

  test("lets the process end when its listeners are unref'd", async () => {
    const { output, code } = await runScript(`${prologue()}
      const listener = await loop.listen({}, ${echo});
      listener.unref();
      loop.addTimeEvent(1000, () => {});
      process.on('exit', () => console.log('exit'));
    `);
    expect(output).toBe('exit');
    expect(code).toBe(0);
  });

  test('serves waiting peers as soon as descriptors are free again', async () => {
    const child = startWithLimit(
      `${prologue()}
      const listener = await loop.listen({}, ${echo});
      console.log(listener.address.port);
    `,
      64,
    );
    try {
      const [port] = (await once(child.stdout, 'data')) as [Buffer];
      const address = { host: '127.0.0.1', port: Number(port), family: 4 as const };
      const clients = await Promise.all(Array.from({ length: 100 }, () => connectTo({ address })));
      const served = new Set<Socket>();
      let isLeaving = false;
      for (const client of clients) {
        client.on('error', () => {});
        client.on('data', () => {
          served.add(client);
          if (isLeaving) client.destroy();
        });
        client.write('x');
      }
      await until(() => served.size > 10);
      expect(served.size).toBeLessThan(64);
      isLeaving = true;
      for (const client of served) client.destroy();
      // Node itself may close connections that it could not accept. None waits for ever.
      await until(() => clients.every((client) => served.has(client) || client.destroyed));
      if (backend !== 'libuv') expect(served.size).toBe(100);
      for (const client of clients) client.destroy();
    } finally {
      child.kill();
    }
    await once(child, 'close');
  }, 10_000);

  test('supports process.exit while it runs', async () => {
    const { output, code } = await runScript(`${prologue()}
      const listener = await loop.listen({}, ${echo});
      const client = connect(listener.address.port);
      client.write('hello');
      await once(client, 'data');
      console.log('bye');
      process.exit(3);
    `);
    expect(output).toBe('bye');
    expect(code).toBe(3);
  });

  test('uses almost no CPU time while idle', async () => {
    const { output } = await runScript(`${prologue()}
      const listener = await loop.listen({}, ${echo});
      const client = connect(listener.address.port);
      client.write('hello');
      await once(client, 'data');
      await new Promise((resolve) => setTimeout(resolve, 100));
      const before = process.cpuUsage();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { user, system } = process.cpuUsage(before);
      console.log((user + system) / 1000);
      client.destroy();
      await loop.close();
    `);
    // A busy loop would use 500 ms, an idle one almost nothing.
    expect(Number(output)).toBeLessThan(125);
  });
});

test('a worker thread gets libuv and the reason for it', async () => {
  const worker = new Worker(
    `
    const { parentPort } = require('node:worker_threads');
    import(${JSON.stringify(packageUrl)}).then(async ({ createEventLoop }) => {
      const loop = createEventLoop();
      const listener = await loop.listen({}, ${echo});
      let refusal = '';
      try { createEventLoop({ backend: 'epoll' }); } catch (error) { refusal = error.message; }
      parentPort.postMessage({ backend: loop.backend, reason: loop.reason, address: listener.address, refusal });
    });
    `,
    { eval: true },
  );
  const told = await new Promise<{
    backend: string;
    reason: string;
    address: { host: string; port: number; family: 4 };
    refusal: string;
  }>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  expect(told.backend).toBe('libuv');
  expect(told.reason).toContain('worker thread');
  expect(told.refusal).toBe('epoll: does not work in a worker thread');
  const client = await connectTo(told);
  client.write('from a worker');
  expect((await readExactly(client, 13)).toString()).toBe('from a worker');
  client.destroy();
  await worker.terminate();
});
