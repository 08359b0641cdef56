import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Connection, type ConnectionHandler, createEventLoop, type EventLoop, SharedOutput } from '../src/index';
import { availableBackends } from './available-backends';
import { connectTo, patterned, readExactly, readToEnd, until } from './client';

const BIG = 1_000_000;

/** Lets allocations of at least `bytes` fail, as they do when memory is exhausted. */
function exhaustMemory(bytes: number): void {
  const { allocUnsafeSlow } = Buffer;
  vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation((size) => {
    if (size >= bytes) throw new RangeError('Array buffer allocation failed');
    return allocUnsafeSlow(size);
  });
}

describe.each(availableBackends)('exhausted memory over %s', (backend) => {
  let loop: EventLoop;
  let connections: Connection[];
  let closes: [Connection, Error | null][];
  let onData: (connection: Connection, text: string) => void;
  const handler: ConnectionHandler = {
    onOpen: (connection) => void connections.push(connection),
    onData: (connection, bytes, start, end) => onData(connection, bytes.toString('latin1', start, end)),
    onClose: (connection, error) => void closes.push([connection, error]),
  };
  beforeEach(() => {
    loop = createEventLoop({ backend });
    connections = [];
    closes = [];
    onData = (connection, text) => connection.write(Buffer.from(text), 0, text.length);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await loop.close();
  });

  /** Connects a client that triggers `fail`, and another one; expects that only the first one is closed, because of memory. */
  async function expectOnlyOneClosed(fail: (connection: Connection) => void): Promise<void> {
    const listener = await loop.listen({}, handler);
    const victim = await connectTo(listener);
    const other = await connectTo(listener);
    await until(() => connections.length === 2);
    const echo = onData;
    onData = (connection, text) => {
      echo(connection, text);
      if (text === 'fail') fail(connection);
    };
    victim.write('fail');
    await readToEnd(victim);
    await until(() => closes.length === 1);
    expect(closes).toMatchObject([[{ id: connections[0]!.id }, { code: 'ENOMEM' }]]);
    other.write('still here');
    expect((await readExactly(other, 10)).toString()).toBe('still here');
    vi.restoreAllMocks();
    const next = await connectTo(listener);
    next.write('next');
    expect((await readExactly(next, 4)).toString()).toBe('next');
    for (const client of [victim, other, next]) client.destroy();
  }

  test('costs a connection whose output cannot be stored', async () => {
    const reply = patterned(BIG);
    await expectOnlyOneClosed((connection) => {
      exhaustMemory(BIG);
      connection.write(reply, 0, reply.length);
      connection.write(reply, 0, reply.length);
      expect(connection.isOpen).toBe(false);
    });
  });

  test('costs a connection that reserves space, whose handler can finish its work', async () => {
    await expectOnlyOneClosed((connection) => {
      exhaustMemory(4096);
      for (let i = 0; i < 100; i++) {
        connection.reserve(16_384);
        connection.spaceBytes.fill(0x78, connection.spaceStart, connection.spaceEnd);
        connection.commit(connection.spaceEnd);
      }
      expect(connection.isOpen).toBe(false);
      expect(() => connection.reserve(BIG)).toThrow(expect.objectContaining({ code: 'ENOMEM' }));
    });
  });

  test('costs the connections that shared output is written to', async () => {
    const message = patterned(BIG);
    await expectOnlyOneClosed((connection) => {
      exhaustMemory(BIG);
      const shared = new SharedOutput();
      shared.assign(message, 0, message.length);
      connection.writeShared(shared);
      shared.release();
    });
  });

  test('costs a connection whose peer does not read', async () => {
    await expectOnlyOneClosed((connection) => {
      const reply = patterned(20 * BIG);
      connection.write(reply, 0, reply.length);
      const more = () => {
        if (!connection.isOpen) return;
        exhaustMemory(4096);
        connection.write(reply, 0, 50_000);
        setImmediate(more);
      };
      setTimeout(more, 20);
    });
  });

  test.runIf(backend === 'io_uring')('costs a paused connection whose input cannot be stored', async () => {
    const listener = await loop.listen({}, handler);
    const client = await connectTo(listener);
    client.on('error', () => {});
    await until(() => connections.length === 1);
    onData = (connection) => {
      exhaustMemory(1);
      connection.pauseReading();
    };
    client.write('x');
    const bytes = patterned(100_000);
    const timer = setInterval(() => client.write(bytes), 1);
    try {
      // The kernel has received input before it processes the pause only if it arrives at the same time.
      for (let i = 0; i < 100 && closes.length === 0; i++) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (connections[0]!.isOpen) connections[0]!.resumeReading();
      }
    } finally {
      clearInterval(timer);
    }
    expect(closes).toMatchObject([[{ id: 1 }, { code: 'ENOMEM' }]]);
    client.destroy();
  });
});
