import { cpuMsOf } from './process-figures';
import { type Load, runLoad } from './redis-benchmark';
import { interleave, requestsLasting } from './rounds';
import type { ServerUnderTest } from './server-under-test';
import { verifyStore } from './verify-store';

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
  let writes = 0;
  for (const pipeline of PIPELINES) {
    for (const test of ['set', 'get'] as const) {
      let fastest = 0;
      for (const server of servers) {
        const warmUp = { test, pipeline, requests: WARM_UP_REQUESTS * Math.min(pipeline, 10) };
        fastest = Math.max(fastest, await runLoad(server.port, warmUp));
      }
      const requests = requestsLasting(SECONDS_PER_RUN, fastest);
      if (test === 'set') writes += WARM_UP_REQUESTS * Math.min(pipeline, 10) + rounds * requests;
      say(`${test} at pipeline ${pipeline}: ${rounds} rounds of ${requests} requests`);
      for (const server of interleave(servers, rounds)) {
        samples.push(await measureOnce(server, { test, pipeline, requests }));
      }
    }
    await verifyStore(servers, writes);
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
