import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeCommand, encodedCommandLength } from '@nanoredis/resp-codec';

const CHECK_EVERY_MS = 1;

/** Subscribers of one channel. They count the bytes that come and do not parse them. */
export class Subscribers {
  readonly #sockets: readonly Socket[];
  readonly #receivedBytes: number[];
  #expectedBytes = 0;

  private constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
    this.#receivedBytes = sockets.map(() => 0);
    for (const [i, socket] of sockets.entries()) {
      socket.on('data', (bytes) => {
        this.#receivedBytes[i]! += bytes.length;
      });
      // A broken connection shows as bytes that do not come.
      socket.on('error', () => {});
    }
  }

  /** Connects `count` clients and waits until all have subscribed to the channel. Rejects when one can not. */
  static async open(host: string, port: number, channel: string, count: number, limitMs: number): Promise<Subscribers> {
    const sockets = Array.from({ length: count }, () => connect(port, host));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const subscribers = new Subscribers(sockets);
    for (const socket of sockets) socket.write(encodeCommand(['SUBSCRIBE', channel]));
    await subscribers.#receiveBytes(encodedCommandLength(['subscribe', channel]) + ':1\r\n'.length, limitMs);
    return subscribers;
  }

  /** Waits until each has received `count` more messages with this payload. Rejects when that takes longer than `limitMs`. */
  receive(count: number, channel: string, payload: string, limitMs: number): Promise<void> {
    return this.#receiveBytes(count * encodedCommandLength(['message', channel, payload]), limitMs);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #receiveBytes(bytes: number, limitMs: number): Promise<void> {
    this.#expectedBytes += bytes;
    const deadline = performance.now() + limitMs;
    while (this.#receivedBytes.some((received) => received < this.#expectedBytes)) {
      if (performance.now() > deadline) throw new Error('has not sent every message to every subscriber');
      await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
    }
  }
}
