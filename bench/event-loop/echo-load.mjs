// The load of one round: argv is port, connections, message bytes, messages in flight for each, milliseconds.
// Prints the messages that came back. Runs in a process of its own, over plain node:net, alike for every server.
import { once } from 'node:events';
import { connect } from 'node:net';

const [port, connections, messageBytes, depth, milliseconds] = process.argv.slice(2).map(Number);
const burst = Buffer.alloc(messageBytes * depth, 'x');
const sockets = [];
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
  if (sockets.length % 250 === 0) await once(socket, 'connect');
}
await Promise.all(sockets.map((socket) => (socket.connecting ? once(socket, 'connect') : null)));
for (const socket of sockets) socket.write(burst);
await new Promise((resolve) => setTimeout(resolve, 300));
const [start, from] = [performance.now(), bytes];
await new Promise((resolve) => setTimeout(resolve, milliseconds));
const rate = (bytes - from) / messageBytes / ((performance.now() - start) / 1000);
console.log(Math.round(rate));
process.exit(0);
