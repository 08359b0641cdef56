import { Socket } from 'node:net';

/** Parts of an accepted socket that are not public: its handle, and the handle's method to set the buffer to read into. */
interface AcceptedSocket {
  _handle: { useUserBuffer?: unknown } | null;
}

/**
 * Returns a socket that reads into `input` instead of a new buffer for each read. Node supports this for connecting sockets only (the
 * option `onread` of net.Socket), so the handle is moved to a second Socket. If a future Node hides the handle, the accepted socket
 * reads in the ordinary way.
 */
export function readInto(accepted: Socket, input: Buffer, received: (bytes: Buffer, length: number) => void): Socket {
  const owner = accepted as unknown as AcceptedSocket;
  const handle = owner._handle;
  if (typeof handle?.useUserBuffer !== 'function') {
    accepted.on('data', (bytes: Buffer) => received(bytes, bytes.length));
    return accepted;
  }
  // Without its handle, the first socket closes nothing. It is only removed from its server's count of connections.
  owner._handle = null;
  accepted.destroy();
  const options = {
    handle,
    allowHalfOpen: true,
    onread: {
      buffer: input,
      callback: (length: number, bytes: Buffer) => {
        received(bytes, length);
        return true;
      },
    },
  };
  return new Socket(options as ConstructorParameters<typeof Socket>[0]);
}
