import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createEventLoop } from './index';

test('echoes what a client sends and closes cleanly', async () => {
  const loop = createEventLoop({ backend: 'libuv' });
  const listener = await loop.listen(
    { port: 0 },
    {
      onOpen() {},
      onData(connection, bytes, start, end) {
        connection.write(bytes, start, end);
      },
      onClose() {},
    },
  );
  const { port } = listener.address as { port: number };
  const socket = connect(port);
  socket.write('hello');
  const reply = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
  expect(reply.toString()).toBe('hello');
  socket.destroy();
  await loop.close();
});
