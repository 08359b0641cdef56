import { once } from 'node:events';
import { connect } from 'node:net';

const VALUE = 'v'.repeat(32);

const bulk = (text) => `$${text.length}\r\n${text}\r\n`;

/** SET of 32 bytes as a request, with the words that come behind the value. */
export function setOf(key, ...more) {
  const words = ['SET', key, VALUE, ...more];
  return `*${words.length}\r\n${words.map(bulk).join('')}`;
}

/** Sends commands that are answered with +OK, and waits for their replies. */
export async function send(socket, commands) {
  let left = commands.length * '+OK\r\n'.length;
  socket.write(commands.join(''));
  while (left > 0) left -= (await once(socket, 'data'))[0].length;
}

/** A connection for `send`; the caller destroys it. */
export async function openSocket({ host, port }) {
  const socket = connect(port, host).setNoDelay(true);
  await once(socket, 'connect');
  return socket;
}

/** Takes one turn after the other until it is stopped; `stop` waits for the last turn. */
export function repeat(turn) {
  let isStopped = false;
  const end = (async () => {
    while (!isStopped) await turn();
  })();
  return {
    stop: () => {
      isStopped = true;
      return end;
    },
  };
}
