import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Connection, type ConnectionHandler, createEventLoop, type EventLoop, SharedOutput } from '../src/index';
import { availableBackends } from './available-backends';
import { connectTo, patterned, readExactly, readToEnd, until } from './client';

/** Sends all input back. */
const echo: ConnectionHandler = {
  onOpen() {},
  onData(connection, bytes, start, end) {
    connection.write(bytes, start, end);
  },
  onClose() {},
};

function handlerWith(parts: Partial<ConnectionHandler>): ConnectionHandler {
  return { onOpen() {}, onData() {}, onClose() {}, ...parts };
}

describe.each(availableBackends)('streams over %s', (backend) => {
  let loop: EventLoop;
  beforeEach(() => {
    loop = createEventLoop({ backend });
  });
  afterEach(async () => {
    await loop.close();
  });

  test('echoes bytes wherever they are split', async () => {
    const listener = await loop.listen({}, echo);
    const client = await connectTo(listener);
    client.setNoDelay(true);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 12 }),
        async (sizes) => {
          const bytes = patterned(sizes.reduce((sum, size) => sum + size, 0));
          let at = 0;
          for (const size of sizes) {
            client.write(bytes.subarray(at, at + size));
            at += size;
          }
          expect((await readExactly(client, bytes.length)).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
    client.destroy();
  });

  test('sends shared output in order with the own output of each connection, to slow peers too', async () => {
    const opened: Connection[] = [];
    const listener = await loop.listen({}, handlerWith({ onOpen: (connection) => void opened.push(connection) }));
    const clients = await Promise.all([1, 2, 3].map(() => connectTo(listener)));
    await until(() => opened.length === 3);
    const shared = new SharedOutput();
    const expected: Buffer[] = [];
    const lengths = [10, 100, 1_000_000, 10, 200_000];
    for (let round = 0; round < 20; round++) {
      for (const [i, length] of lengths.entries()) {
        const message = patterned(length, round * lengths.length + i);
        shared.assign(message, 1, length);
        for (const connection of opened) connection.writeShared(shared);
        shared.release();
        expected.push(Buffer.from(message.subarray(1)));
        // The caller may change the memory again.
        message.fill(0);
        const own = Buffer.from(`own ${round} ${i};`);
        for (const connection of opened) connection.write(own, 0, own.length);
        expected.push(own);
      }
      // An iteration of the loop, in which the peers have not read everything.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const all = Buffer.concat(expected);
    for (const client of clients) {
      expect((await readExactly(client, all.length)).equals(all)).toBe(true);
      client.destroy();
    }
    await until(() => opened.every((connection) => !connection.isOpen));
  });

  test('keeps order and content if the peer reads slowly, calls onDrain, and counts queued bytes', async () => {
    let connection: Connection | null = null;
    let drains = 0;
    const listener = await loop.listen(
      {},
      handlerWith({
        onOpen(opened) {
          connection = opened;
        },
        onDrain() {
          drains++;
        },
      }),
    );
    const client = await connectTo(listener);
    client.pause();
    await until(() => connection !== null);
    const opened = connection as unknown as Connection;
    const bytes = patterned(24 * 1024 * 1024);
    let at = 0;
    const random = patterned(4000, 7);
    for (let i = 0; at < bytes.length; i++) {
      // Small and large pieces, in bursts, some of them while the peer does not read.
      const size = Math.min(bytes.length - at, 1 + (random[i % 4000] as number) ** 2 * 4);
      opened.write(bytes, at, at + size);
      at += size;
      if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => opened.queuedBytes > 0 && opened.queuedBytes < bytes.length);
    const received = await readExactly(client, bytes.length);
    expect(received.equals(bytes)).toBe(true);
    await until(() => drains > 0 && opened.queuedBytes === 0);
    expect(loop.statistics.bytesWritten).toBe(bytes.length);
    client.destroy();
  });

  test('does not mix the replies of many stalled peers', async () => {
    const peers = 12;
    const pieces = 40;
    const sample = patterned(60_000);
    const piece = (seed: number, i: number) => sample.subarray(seed * 100 + i, seed * 100 + i + 50_000);
    const listener = await loop.listen(
      {},
      handlerWith({
        onData(connection, bytes, start) {
          const seed = bytes[start] as number;
          for (let i = 0; i < pieces; i++) connection.write(piece(seed, i), 0, 50_000);
        },
      }),
    );
    const clients = await Promise.all(Array.from({ length: peers }, () => connectTo(listener)));
    for (const [seed, client] of clients.entries()) {
      client.pause();
      client.write(Buffer.from([seed]));
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
    for (const [seed, client] of clients.entries()) {
      for (let i = 0; i < pieces; i++) expect((await readExactly(client, 50_000)).equals(piece(seed, i))).toBe(true);
      client.destroy();
    }
  });

  test('provides separate space for two connections at the same time', async () => {
    const connections: Connection[] = [];
    const listener = await loop.listen(
      {},
      handlerWith({
        onOpen: (connection) => connections.push(connection),
        onData(connection) {
          connection.reserve(10);
          const start = connection.spaceStart;
          connection.spaceBytes.fill('a', start, start + 5);
          for (const other of connections) if (other !== connection) other.write(Buffer.from('bbb'), 0, 3);
          connection.commit(start + 5);
        },
      }),
    );
    const one = await connectTo(listener);
    const two = await connectTo(listener);
    await until(() => connections.length === 2);
    for (let i = 0; i < 20; i++) {
      one.write('x');
      expect((await readExactly(one, 5)).toString()).toBe('aaaaa');
      expect((await readExactly(two, 3)).toString()).toBe('bbb');
    }
    one.destroy();
    two.destroy();
  });

  test('provides more space than a chunk, and sends only committed bytes', async () => {
    const big = patterned(1_000_000);
    const listener = await loop.listen(
      {},
      handlerWith({
        onData(connection) {
          connection.reserve(3_000_000);
          expect(connection.spaceEnd - connection.spaceStart).toBeGreaterThanOrEqual(3_000_000);
          const start = connection.spaceStart;
          big.copy(connection.spaceBytes, start);
          connection.commit(start + big.length);
          expect(() => connection.commit(start)).toThrow(RangeError);
        },
      }),
    );
    const client = await connectTo(listener);
    client.write('x');
    expect((await readExactly(client, big.length)).equals(big)).toBe(true);
    client.destroy();
  });

  test('calls onBatch after all input of an iteration and before any reply is sent', async () => {
    const events: string[] = [];
    let queuedAtBatch = -1;
    let current: Connection | null = null;
    const listener = await loop.listen(
      {},
      handlerWith({
        onData(connection) {
          events.push('data');
          current = connection;
          connection.write(Buffer.from('reply'), 0, 5);
        },
        onBatch() {
          if (current === null) return;
          events.push('batch');
          queuedAtBatch = current.queuedBytes;
          current = null;
        },
      }),
    );
    const client = await connectTo(listener);
    client.write('x');
    expect((await readExactly(client, 5)).toString()).toBe('reply');
    expect(events).toEqual(['data', 'batch']);
    expect(queuedAtBatch).toBe(5);
    client.destroy();
  });

  test('sends output that is written outside of an iteration soon', async () => {
    const listener = await loop.listen(
      {},
      handlerWith({
        onData(connection) {
          setTimeout(() => connection.write(Buffer.from('timer'), 0, 5), 5);
          void Promise.resolve().then(() => connection.write(Buffer.from('promise'), 0, 7));
        },
      }),
    );
    const client = await connectTo(listener);
    client.write('x');
    expect((await readExactly(client, 12)).toString()).toBe('promisetimer');
    client.destroy();
  });

  test('keeps input while paused, and passes all of it on afterwards', async () => {
    let received = Buffer.alloc(0);
    let connection: Connection | null = null;
    const listener = await loop.listen(
      {},
      handlerWith({
        onData(opened, bytes, start, end) {
          connection = opened;
          received = Buffer.concat([received, bytes.subarray(start, end)]);
          if (received.length === 1) opened.pauseReading();
        },
      }),
    );
    const client = await connectTo(listener);
    client.write('1');
    await until(() => received.length === 1);
    const bytes = patterned(4_000_000);
    client.write(bytes);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(received.length).toBe(1);
    const paused = connection as unknown as Connection;
    paused.resumeReading();
    paused.pauseReading();
    paused.resumeReading();
    await until(() => received.length === 1 + bytes.length);
    expect(received.subarray(1).equals(bytes)).toBe(true);
    client.destroy();
  });

  test('can pause and resume at every window', async () => {
    let received = 0;
    const bytes = patterned(2_000_000);
    let isSame = true;
    const listener = await loop.listen(
      {},
      handlerWith({
        onData(connection, window, start, end) {
          if (!window.subarray(start, end).equals(bytes.subarray(received, received + end - start))) isSame = false;
          received += end - start;
          connection.pauseReading();
          setImmediate(() => connection.resumeReading());
        },
      }),
    );
    const client = await connectTo(listener);
    client.end(bytes);
    await until(() => received === bytes.length);
    expect(isSame).toBe(true);
    client.destroy();
  });

  test('replies to a peer that has ended its output, then closes', async () => {
    let closes = 0;
    const listener = await loop.listen(
      {},
      handlerWith({
        onData: (connection) => {
          const reply = patterned(500_000);
          connection.write(reply, 0, reply.length);
        },
        onClose: () => closes++,
      }),
    );
    const client = await connectTo(listener, true);
    client.end('question');
    expect((await readToEnd(client)).equals(patterned(500_000))).toBe(true);
    await until(() => closes === 1);
  });

  test('serves 2000 connections at once', async () => {
    const listener = await loop.listen({ backlog: 4096 }, echo);
    const clients = await Promise.all(Array.from({ length: 2000 }, () => connectTo(listener)));
    await until(() => loop.statistics.connectionsOpen === 2000);
    let echoed = 0;
    for (const [i, client] of clients.entries()) {
      client.on('data', (bytes: Buffer) => {
        if (bytes.readUInt32LE(0) === i) echoed++;
      });
      const bytes = Buffer.alloc(64);
      bytes.writeUInt32LE(i);
      client.write(bytes);
    }
    await until(() => echoed === 2000);
    for (const client of clients) client.destroy();
    await until(() => loop.statistics.connectionsOpen === 0);
  }, 30_000);
});
