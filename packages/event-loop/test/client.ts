import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Listener } from '../src/index';

/** Returns the port of a TCP listener. */
export function portOf(listener: Listener): number {
  if ('path' in listener.address) throw new Error('a unix socket has no port');
  return listener.address.port;
}

/** Returns a connected client over `node:net`. */
export async function connectTo(listener: Pick<Listener, 'address'>, allowHalfOpen = false): Promise<Socket> {
  const { address } = listener;
  const socket =
    'path' in address
      ? connect({ path: address.path, allowHalfOpen })
      : connect({ port: address.port, host: address.host === '0.0.0.0' ? '127.0.0.1' : address.host, allowHalfOpen });
  await once(socket, 'connect');
  return socket;
}

/** Resolves with the next `length` bytes. */
export async function readExactly(socket: Socket, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let have = 0;
  while (have < length) {
    const part = socket.read() as Buffer | null;
    if (part === null) {
      if (socket.readableEnded || socket.destroyed) throw new Error(`ended after ${have} of ${length} bytes`);
      await new Promise<void>((resolve) => {
        const more = () => {
          socket.off('readable', more);
          socket.off('close', more);
          resolve();
        };
        socket.on('readable', more);
        socket.on('close', more);
      });
      continue;
    }
    parts.push(part);
    have += part.length;
  }
  const all = Buffer.concat(parts);
  if (have > length) socket.unshift(all.subarray(length));
  return all.subarray(0, length);
}

/** Resolves with everything until the other end closes or resets the connection. */
export async function readToEnd(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.on('error', () => {});
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(parts);
}

/** Waits until `condition` is true, or until the time limit of the test. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Returns pseudo-random bytes, in which a wrong or missing byte is detected. */
export function patterned(length: number, seed = 0): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
