/** One echo server. Arguments: the backend (`node:net` for plain Node), the port. Prints a line when it listens. */
import { createServer } from 'node:net';
import { type Backend, createEventLoop } from '@nanoredis/event-loop';

const [backend, port] = [process.argv[2], Number(process.argv[3])];
if (backend === 'node:net') {
  createServer({ noDelay: true }, (socket) => {
    socket.on('data', (bytes) => socket.write(bytes));
    socket.on('error', () => {});
  }).listen(port, '127.0.0.1', 511, () => console.log('listening'));
} else {
  await createEventLoop({ backend: backend as Backend }).listen(
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
