import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { CommandTemplate } from './command-template';

/** What a filler does: it sends a command `count` times, in pipelines, at a given pace. */
export interface FillingOrder {
  readonly host: string;
  readonly port: number;
  /** A template of a command with one line as its reply; see CommandTemplate. */
  readonly command: string;
  readonly count: number;
  /** The index of the first command; 0 by default. */
  readonly firstIndex?: number;
  /** `__rand__` is below this; the count by default. */
  readonly randomLimit?: number;
  /** Commands in flight. */
  readonly batch: number;
  /** The pause after a batch is answered, in milliseconds; 0 for none. */
  readonly batchEveryMs: number;
}

const MINUS = 0x2d;
const LINE_FEED = 0x0a;
/** The same random numbers for every server. */
const SEED = 0x9e3779b9;

const order = workerData as FillingOrder;
const { firstIndex = 0 } = order;
const template = new CommandTemplate(order.command, order.randomLimit ?? order.count, seededRandom(SEED + firstIndex));
const batchBytes = Buffer.allocUnsafeSlow(template.length * order.batch);
const socket = connect(order.port, order.host);
let sent = 0;
let answered = 0;
let atLineStart = true;

socket.setNoDelay(true);
socket.on('connect', sendBatch);
socket.on('error', (error) => {
  throw error;
});
socket.on('data', (bytes) => {
  countReplies(bytes);
  if (answered < sent) return;
  if (sent === order.count) socket.destroy();
  else if (order.batchEveryMs === 0) sendBatch();
  else setTimeout(sendBatch, order.batchEveryMs);
});
socket.on('close', () => {
  if (answered < order.count) throw new Error(`the server has closed the connection after ${answered} replies`);
  parentPort?.postMessage(answered);
});

function sendBatch(): void {
  const count = Math.min(order.batch, order.count - sent);
  let end = 0;
  for (let i = 0; i < count; i++) end = template.write(batchBytes, end, firstIndex + sent + i);
  sent += count;
  socket.write(batchBytes.subarray(0, end));
}

function countReplies(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at++) {
    if (atLineStart && bytes[at] === MINUS) {
      throw new Error(`the server answers ${order.command} with ${bytes.toString('latin1', at, at + 200).trimEnd()}`);
    }
    atLineStart = bytes[at] === LINE_FEED;
    if (atLineStart) answered += 1;
  }
}

/** Numbers in [0, 1) by xorshift32 (Marsaglia 2003): cheap, and the same for every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
