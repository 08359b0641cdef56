import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { encodedCommandLength, writeCommand } from '@nanoredis/resp-codec';

/** What a writer is told: SET `keys` keys of 16 bytes to values of 32 bytes, in pipelines, at a given pace. */
export interface WriterOrder {
  readonly port: number;
  readonly keys: number;
  readonly batch: number;
  /** The shortest time between two batches; 0 for as fast as the server answers. */
  readonly batchEveryMs: number;
}

const order = workerData as WriterOrder;
const value = 'v'.repeat(32);
const commandBytes = encodedCommandLength(['SET', keyName(0), value]);
const batchBytes = Buffer.allocUnsafe(commandBytes * order.batch);
const socket = connect(order.port, '127.0.0.1');
let written = 0;
let missingReplyBytes = 0;

socket.setNoDelay(true);
socket.on('connect', writeBatch);
socket.on('error', (error) => {
  throw error;
});
socket.on('data', (bytes) => {
  // Every reply is "+OK\r\n"; an error would be the only one with a minus.
  if (bytes.includes(0x2d)) throw new Error(`the server answers ${bytes.toString('latin1', 0, 200)}`);
  missingReplyBytes -= bytes.length;
  if (missingReplyBytes > 0) return;
  if (written < order.keys) setTimeoutOrNow(writeBatch, order.batchEveryMs);
  else socket.destroy();
});
socket.on('close', () => {
  if (written < order.keys || missingReplyBytes > 0) throw new Error('the server has closed the connection');
  parentPort?.postMessage(written);
});

function writeBatch(): void {
  const count = Math.min(order.batch, order.keys - written);
  let end = 0;
  for (let i = 0; i < count; i++) end = writeCommand(batchBytes, end, ['SET', keyName(written + i), value]);
  written += count;
  missingReplyBytes = count * '+OK\r\n'.length;
  socket.write(batchBytes.subarray(0, end));
}

function setTimeoutOrNow(action: () => void, delayMs: number): void {
  if (delayMs === 0) action();
  else setTimeout(action, delayMs);
}

function keyName(index: number): string {
  return `key:${String(index).padStart(12, '0')}`;
}
