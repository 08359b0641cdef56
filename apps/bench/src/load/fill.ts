import { Worker } from 'node:worker_threads';
import { builtFile } from '../places';
import type { FillingOrder } from './filler-worker';

/** How long one filling may take by default. */
const FILLING_LIMIT_MS = 600_000;

/**
 * Sends a command many times from a worker thread, so that it does not delay what is timed on this one. Rejects when the server answers
 * with an error, closes the connection, or takes longer than the limit.
 */
export function fill(order: FillingOrder, limitMs = FILLING_LIMIT_MS): Promise<void> {
  const worker = new Worker(builtFile('filler-worker.js'), { workerData: order });
  let timer: NodeJS.Timeout | undefined;
  const done = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    timer = setTimeout(() => reject(new Error(`${order.command} is not done after ${limitMs / 1000} s`)), limitMs);
  });
  return done.finally(() => {
    clearTimeout(timer);
    return worker.terminate();
  });
}
