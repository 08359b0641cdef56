/**
 * The load of one round, over plain node:net for every server alike. Arguments: port, connections, bytes of a message, messages in
 * flight on a connection, milliseconds. Prints the messages a second that came back.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const [port = 0, connections = 0, messageBytes = 0, depth = 0, milliseconds = 0] = process.argv.slice(2).map(Number);
/** Connecting in groups keeps the accept queue of the server from overflowing. */
const CONNECT_GROUP = 250;
const WARM_UP_MS = 300;
const burst = Buffer.alloc(messageBytes * depth, 'x');
const sockets: Socket[] = [];
let bytes = 0;
for (let i = 0; i < connections; i++) {
  let missing = burst.length;
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafeSlow(64 * 1024),
      callback(length) {
        bytes += length;
        missing -= length;
        if (missing === 0) {
          missing = burst.length;
          socket.write(burst);
        }
        return true;
      },
    },
  });
  sockets.push(socket);
  if (sockets.length % CONNECT_GROUP === 0) await once(socket, 'connect');
}
await Promise.all(sockets.map((socket) => (socket.connecting ? once(socket, 'connect') : null)));
for (const socket of sockets) socket.write(burst);
await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
const [startMs, startBytes] = [performance.now(), bytes];
await new Promise((resolve) => setTimeout(resolve, milliseconds));
const rate = (bytes - startBytes) / messageBytes / ((performance.now() - startMs) / 1000);
console.log(Math.round(rate));
process.exit(0);
