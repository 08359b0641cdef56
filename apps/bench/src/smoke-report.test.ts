import { describe, expect, it } from 'vitest';
import type { Sample } from './smoke';
import { smokeTable, summarize } from './smoke-report';

function sample(server: string, requestsPerSecond: number, cpuMicrosecondsPerRequest: number): Sample {
  return { server, test: 'set', pipeline: 16, requests: 1000, requestsPerSecond, cpuMicrosecondsPerRequest };
}

describe('summarize', () => {
  it('relates medians, not single runs, to the reference', () => {
    const samples = [
      sample('redis', 100, 4),
      sample('ours', 300, 1),
      sample('redis', 120, 5),
      sample('ours', 240, 2),
      sample('redis', 9000, 90),
      sample('ours', 1, 50),
    ];
    const [redis, ours] = summarize(samples, 'redis');
    expect(redis).toMatchObject({ requestsPerSecond: 120, speedRatio: 1, cpuRatio: 1 });
    expect(ours).toMatchObject({ requestsPerSecond: 240, speedRatio: 2, cpuRatio: 0.4 });
    expect(smokeTable(summarize(samples, 'redis'))).toMatch(/set .* 16 .* ours .* 240 .* 2\.00 .* 2\.00 .* 0\.40/);
  });

  it('refuses to compare with nothing', () => {
    expect(() => summarize([sample('ours', 1, 1)], 'redis')).toThrow('redis was not measured');
  });
});
