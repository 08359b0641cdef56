import { Socket } from 'node:net';

/** What of an accepted socket has no public name: its handle, and that a handle can be told where to read to. */
interface AcceptedSocket {
  _handle: { useUserBuffer?: unknown } | null;
}

/**
 * A socket that reads into `input` instead of a new buffer for every read. Node has this for sockets that connect (the
 * option `onread` of net.Socket) and not for accepted ones, so the handle moves to a second Socket; where Node hides its handle
 * from us one day, the socket that came reads the ordinary way.
 */
export function readInto(accepted: Socket, input: Buffer, received: (bytes: Buffer, length: number) => void): Socket {
  const owner = accepted as unknown as AcceptedSocket;
  const handle = owner._handle;
  if (typeof handle?.useUserBuffer !== 'function') {
    accepted.on('data', (bytes: Buffer) => received(bytes, bytes.length));
    return accepted;
  }
  // Without its handle the first socket closes nothing; it only leaves its server's count of connections.
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
