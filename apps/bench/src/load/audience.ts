import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeCommand, encodedCommandLength } from '@nanoredis/resp-codec';

const LOOK_EVERY_MS = 1;

/** Subscribers of one channel, which read whatever comes and count its bytes. */
export class Audience {
  private readonly heardBytes: number[];
  private expectedBytes = 0;

  private constructor(private readonly sockets: readonly Socket[]) {
    this.heardBytes = sockets.map(() => 0);
    for (const [i, socket] of sockets.entries()) {
      socket.on('data', (bytes) => {
        this.heardBytes[i]! += bytes.length;
      });
      // Whoever waits for it learns of a broken connection by the silence.
      socket.on('error', () => {});
    }
  }

  /** Connects `count` clients that subscribe to a channel, and waits until all of them have. Rejects when one can not. */
  static async open(host: string, port: number, channel: string, count: number, limitMs: number): Promise<Audience> {
    const sockets = Array.from({ length: count }, () => connect(port, host));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const audience = new Audience(sockets);
    for (const socket of sockets) socket.write(encodeCommand(['SUBSCRIBE', channel]));
    await audience.receive(encodedCommandLength(['subscribe', channel]) + ':1\r\n'.length, limitMs);
    return audience;
  }

  /** Waits until each has heard `count` more messages, all of them with this payload. Rejects when that takes longer than `limitMs`. */
  hear(count: number, channel: string, payload: string, limitMs: number): Promise<void> {
    return this.receive(count * encodedCommandLength(['message', channel, payload]), limitMs);
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private async receive(bytes: number, limitMs: number): Promise<void> {
    this.expectedBytes += bytes;
    const deadline = performance.now() + limitMs;
    while (this.heardBytes.some((heard) => heard < this.expectedBytes)) {
      if (performance.now() > deadline) throw new Error('has not sent every message to every subscriber');
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
