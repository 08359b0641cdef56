import { Worker } from 'node:worker_threads';
import Table from 'cli-table3';
import { Client } from './client';
import type { WriterOrder } from './load-writer';
import { quantile } from './order-statistics';
import { residentBytesOf } from './process-figures';
import { ServerUnderTest, type Subject } from './server-under-test';

/** What filling a server with keys costs, in memory and in waiting. */
export interface MemoryFigures {
  readonly server: string;
  readonly keys: number;
  /** Resident memory over that of the empty server, per key. */
  readonly bytesPerKey: number;
  /** The longest time that a PING, sent about every millisecond, waited while keys were written as fast as possible. */
  readonly longestStallMs: number;
  readonly fillP999Ms: number;
  /** The 99.9th percentile of a GET, sent about every millisecond, beside a paced load of writes. */
  readonly getP999Ms: number;
}

/** 50 writes about every millisecond: well below what any of the servers can do. */
const PACED = { batch: 50, batchEveryMs: 1 };
const PACED_KEYS = 400_000;
/** The longest that one writer may take, in milliseconds. */
const WRITING_LIMIT_MS = 600_000;

/** Starts the server, fills it with keys of 16 bytes and values of 32, and looks how it feels for somebody else. */
export async function measureMemory(subject: Subject, keys: number): Promise<MemoryFigures> {
  const server = await ServerUnderTest.start(subject);
  const client = await Client.open(server.port);
  try {
    const empty = residentBytesOf(server.pid);
    const filling = await timesDuring(write({ port: server.port, keys, batch: 1000, batchEveryMs: 0 }), () =>
      client.call('PING'),
    );
    const size = Number(await client.call('DBSIZE'));
    if (size !== keys) throw new Error(`${subject.name} holds ${size} keys of ${keys}`);
    const bytesPerKey = (residentBytesOf(server.pid) - empty) / keys;
    const paced = write({ port: server.port, keys: Math.min(PACED_KEYS, keys), ...PACED });
    let next = 0;
    const reading = await timesDuring(paced, () => {
      // A stride that meets every part of the tables.
      next = (next + 7919) % keys;
      return client.call('GET', `key:${String(next).padStart(12, '0')}`);
    });
    return {
      server: subject.name,
      keys,
      bytesPerKey,
      longestStallMs: quantile(filling, 1),
      fillP999Ms: quantile(filling, 0.999),
      getP999Ms: quantile(reading, 0.999),
    };
  } finally {
    client.close();
    await server.stop();
  }
}

/** The figures as a table for a terminal. */
export function memoryTable(figures: readonly MemoryFigures[]): string {
  const table = new Table({
    head: ['server', 'bytes/key', 'longest stall ms', 'p99.9 filling ms', 'p99.9 GET ms'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const each of figures) {
    const waiting = [each.longestStallMs, each.fillP999Ms, each.getP999Ms];
    table.push([each.server, each.bytesPerKey.toFixed(1), ...waiting.map((ms) => ms.toFixed(2))]);
  }
  return table.toString();
}

/** Runs a writer on a thread of its own, so that it does not disturb the clock of who waits here. */
function write(order: WriterOrder): Promise<void> {
  const worker = new Worker(new URL('./load-writer.js', import.meta.url), { workerData: order });
  const done = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    const timer = setTimeout(() => reject(new Error(`not written after ${WRITING_LIMIT_MS} ms`)), WRITING_LIMIT_MS);
    worker.once('exit', () => clearTimeout(timer));
  });
  return done.finally(() => worker.terminate());
}

/** Asks again and again, about every millisecond, until the work is done; the waiting times in milliseconds. */
async function timesDuring(work: Promise<void>, ask: () => Promise<unknown>): Promise<number[]> {
  let isDone = false;
  const end = work.finally(() => {
    isDone = true;
  });
  // When asking fails first, that is the error to tell of.
  end.catch(() => {});
  const times: number[] = [];
  while (!isDone) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await end;
  return times;
}
