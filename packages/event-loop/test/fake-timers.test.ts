import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ConnectionHandler, createEventLoop, type EventLoop, type Listener } from '../src/index';
import { availableBackends } from './available-backends';
import { buildPackage, removeBuild, startScript } from './built-package';
import { connectTo, readExactly, readToEnd } from './client';

// Fake timers replace the exports of the module, too.
const realSleep = sleep;

const echo: ConnectionHandler = {
  onOpen() {},
  onData(connection, bytes, start, end) {
    connection.write(bytes, start, end);
    if (bytes[start] === 0x2e) connection.end();
  },
  onClose() {},
};

async function expectEcho(client: Socket, text: string): Promise<void> {
  client.write(text);
  expect((await readExactly(client, text.length)).toString()).toBe(text);
}

async function expectNewClients(listener: Listener): Promise<void> {
  const client = await connectTo(listener);
  await expectEcho(client, 'hello');
  client.write('.');
  expect((await readToEnd(client)).toString()).toBe('.');
}

describe.each(availableBackends)('fake timers and a loop over %s', (backend) => {
  let loop: EventLoop;
  let listener: Listener;
  beforeEach(async () => {
    loop = createEventLoop({ backend });
    listener = await loop.listen({}, echo);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await loop.close();
  });

  test('clients are served before, during and after', async () => {
    const client = await connectTo(listener);
    await expectEcho(client, 'before');
    await expectNewClients(listener);
    vi.useFakeTimers();
    await expectEcho(client, 'during');
    await expectNewClients(listener);
    vi.useRealTimers();
    await expectEcho(client, 'after');
    await expectNewClients(listener);
    client.destroy();
  });

  test('output that is written outside of an iteration is sent', async () => {
    const late: ConnectionHandler = {
      ...echo,
      onData: (connection) => void realSleep(1).then(() => connection.write(Buffer.from('late'), 0, 4)),
    };
    const client = await connectTo(await loop.listen({}, late));
    vi.useFakeTimers();
    client.write('x');
    expect((await readExactly(client, 4)).toString()).toBe('late');
    vi.useRealTimers();
    client.write('x');
    expect((await readExactly(client, 4)).toString()).toBe('late');
    client.destroy();
  });

  test('time events run in real time before, during and after', async () => {
    const calls = { before: 0, during: 0 };
    loop.addTimeEvent(1, () => calls.before++);
    vi.useFakeTimers();
    loop.addTimeEvent(1, () => calls.during++);
    await realSleep(30);
    expect(Math.min(calls.before, calls.during)).toBeGreaterThan(2);
    vi.useRealTimers();
    const { before, during } = calls;
    await realSleep(30);
    expect(calls.before).toBeGreaterThan(before);
    expect(calls.during).toBeGreaterThan(during);
  });

  test('a loop can be created and closed meanwhile', async () => {
    vi.useFakeTimers();
    const other = createEventLoop({ backend });
    const client = await connectTo(await other.listen({}, echo));
    await expectEcho(client, 'other');
    await other.close();
    expect(await readToEnd(client)).toHaveLength(0);
    await loop.close();
  });

  test('a listener can be paused, resumed and closed meanwhile', async () => {
    vi.useFakeTimers();
    listener.pause();
    listener.resume();
    await expectNewClients(listener);
    await listener.close();
  });
});

describe('timers that lose every callback', () => {
  let packageUrl = '';
  beforeAll(async () => {
    packageUrl = await buildPackage();
  });
  afterAll(removeBuild);

  // node:net itself uses process.nextTick, so the loop over libuv cannot work without it.
  test.each(availableBackends)('do not stop a loop over %s', async (backend) => {
    const child = startScript(`
      import timers from 'node:timers';
      import { createEventLoop } from ${JSON.stringify(packageUrl)};
      const write = process.stdout.write.bind(process.stdout);
      const lost = () => ({ ref() {}, unref() {}, hasRef: () => true });
      for (const name of ['setImmediate', 'setTimeout', 'setInterval', 'clearImmediate', 'clearTimeout', 'clearInterval']) {
        globalThis[name] = lost;
        timers[name] = lost;
      }
      globalThis.queueMicrotask = lost;
      globalThis.performance = { now: () => 0 };
      globalThis.Date = class { static now() { return 0; } };
      if (${backend !== 'libuv'}) process.nextTick = lost;
      const loop = createEventLoop({ backend: '${backend}' });
      let ticks = 0;
      loop.addTimeEvent(1, () => ticks++);
      const listener = await loop.listen({}, {
        onOpen() {},
        onData(connection, bytes, start, end) {
          const reply = Buffer.from(String(ticks > 0));
          connection.write(reply, 0, reply.length);
          if (bytes[start] === 0x2e) connection.end();
        },
        onClose() {},
      });
      write(String(listener.address.port));
    `);
    try {
      const [port] = (await once(child.stdout, 'data')) as [Buffer];
      const client = connect(Number(port), '127.0.0.1');
      await once(client, 'connect');
      await realSleep(20);
      client.write('x');
      expect((await readExactly(client, 4)).toString()).toBe('true');
      client.write('.');
      expect((await readToEnd(client)).toString()).toBe('true');
    } finally {
      child.kill();
    }
    await once(child, 'close');
  });
});
