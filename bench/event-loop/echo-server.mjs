// One echo server in a process of its own: argv is the backend (or `node:net` for plain Node), then the port.
import { createServer } from 'node:net';

const [backend, port] = [process.argv[2], Number(process.argv[3])];
if (backend === 'node:net') {
  createServer({ noDelay: true }, (socket) => {
    socket.on('data', (bytes) => socket.write(bytes));
    socket.on('error', () => {});
  }).listen(port, '127.0.0.1', 511, () => console.log('listening'));
} else {
  const { createEventLoop } = await import('../../packages/event-loop/dist/index.js');
  await createEventLoop({ backend }).listen(
    { port },
    {
      onOpen() {},
      onData(connection, bytes, start, end) {
        connection.write(bytes, start, end);
      },
      onClose() {},
    },
  );
  console.log('listening');
}
