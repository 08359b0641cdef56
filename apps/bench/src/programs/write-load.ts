import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeCommand } from '@nanoredis/resp-codec';
import { endWithThisProcess } from '../servers/end-with-this-process';

const VALUE = 'v'.repeat(32);
const OK_REPLY_BYTES = '+OK\r\n'.length;
/** More requests than redis-benchmark sends before it is stopped. */
const ENDLESS = 1_000_000_000;

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The request SET of a key to 32 bytes, with the options behind the value. */
export function setCommand(key: string, ...options: string[]): Uint8Array {
  return encodeCommand(['SET', key, VALUE, ...options]);
}

/** Sends commands whose replies are +OK, and waits for all of them. */
export async function send(socket: Socket, commands: readonly Uint8Array[]): Promise<void> {
  let missingBytes = commands.length * OK_REPLY_BYTES;
  socket.write(Buffer.concat(commands));
  while (missingBytes > 0) missingBytes -= (await once(socket, 'data'))[0].length;
}

/** A connection for `send`; the caller destroys it. */
export async function openSocket({ host, port }: Address): Promise<Socket> {
  const socket = connect(port, host).setNoDelay(true);
  await once(socket, 'connect');
  return socket;
}

/** Calls an action again and again, one call after the other. `stop` resolves when the last call is done. */
export function repeat(action: () => Promise<void>): { stop(): Promise<void> } {
  let isStopped = false;
  const end = (async () => {
    while (!isStopped) await action();
  })();
  return {
    stop: () => {
      isStopped = true;
      return end;
    },
  };
}

/** redis-benchmark that sets random keys out of `keyspace` at pipeline 16, as fast as it can, until it is stopped. */
export class FullWriteLoad {
  readonly #child: ChildProcess;

  constructor({ host, port }: Address, keyspace: number) {
    const options = ['-t', 'set', '-n', ENDLESS, '-r', keyspace, '-P', 16, '-d', VALUE.length, '-q'];
    const args = ['-h', host, '-p', port, ...options].map(String);
    this.#child = endWithThisProcess(spawn('redis-benchmark', args, { stdio: 'ignore' }));
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await once(this.#child, 'exit');
  }
}
