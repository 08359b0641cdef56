import { Client } from './client';
import { cpuMsOf } from './process-figures';
import { type Load, runLoad } from './redis-benchmark';
import { expectedKeys, interleave, requestsLasting } from './rounds';
import type { ServerUnderTest } from './server-under-test';

/** One run of one load against one server. */
export interface Sample {
  readonly server: string;
  readonly test: Load['test'];
  readonly pipeline: number;
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** CPU time of the server, user and system, divided by the requests. */
  readonly cpuMicrosecondsPerRequest: number;
}

const PIPELINES = [1, 16, 64];
const SECONDS_PER_RUN = 1.2;
/** For the first look at each depth; short, but long enough for the JIT. */
const WARM_UP_REQUESTS = 100_000;

/** Measures SET and GET at each depth in interleaved rounds. Throws when a server answers with an error or loses keys. */
export async function measureThroughput(
  servers: readonly ServerUnderTest[],
  rounds: number,
  say: (line: string) => void,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const pipeline of PIPELINES) {
    for (const test of ['set', 'get'] as const) {
      let fastest = 0;
      for (const server of servers) {
        const warmUp = { test, pipeline, requests: WARM_UP_REQUESTS * Math.min(pipeline, 10) };
        fastest = Math.max(fastest, await runLoad(server.port, warmUp));
      }
      const requests = requestsLasting(SECONDS_PER_RUN, fastest);
      say(`${test} at pipeline ${pipeline}: ${rounds} rounds of ${requests} requests`);
      for (const server of interleave(servers, rounds)) {
        samples.push(await measureOnce(server, { test, pipeline, requests }));
      }
    }
    for (const server of servers) await verifyKeys(server, WARM_UP_REQUESTS);
  }
  return samples;
}

async function measureOnce(server: ServerUnderTest, load: Load): Promise<Sample> {
  const before = cpuMsOf(server.pid);
  const requestsPerSecond = await runLoad(server.port, load);
  const cpuMs = cpuMsOf(server.pid) - before;
  return {
    server: server.subject.name,
    ...load,
    requestsPerSecond,
    cpuMicrosecondsPerRequest: (cpuMs * 1000) / load.requests,
  };
}

/** A fast server that stores nothing is no server: most of the keys have to be there, with the value that was written. */
async function verifyKeys(server: ServerUnderTest, writesAtLeast: number): Promise<void> {
  const client = await Client.open(server.port);
  const size = Number(await client.call('DBSIZE'));
  const least = expectedKeys(writesAtLeast) * 0.95;
  if (size < least) throw new Error(`${server.subject.name} holds ${size} keys; at least ${least} were written`);
  let found = 0;
  for (let key = 0; key < 100; key++) {
    const value = await client.call('GET', `key:${String(key).padStart(12, '0')}`);
    if (value === null) continue;
    if (typeof value !== 'string' || value.length !== 3)
      throw new Error(`${server.subject.name} gave ${String(value)}`);
    found += 1;
  }
  client.close();
  if (found < 40) throw new Error(`${server.subject.name} has only ${found} of 100 keys that were written`);
}
