import { describe, expect, it } from 'vitest';
import { cpuTimeOf, parseCpuTime, parseResidentBytes, residentBytesOf, scheduledMsOf } from './process-figures';

describe('parseCpuTime', () => {
  it('reads user and system time, whatever the name of the program', () => {
    const stat = '42 (a (b) c) S 1 42 42 0 -1 4194304 1 2 3 4 150 50 7 8 20 0 4 0 99';
    expect(parseCpuTime(stat)).toEqual({ userMs: 1500, systemMs: 500 });
  });

  it('refuses another text', () => {
    expect(() => parseCpuTime('nothing')).toThrow('not the text');
  });
});

describe('parseResidentBytes', () => {
  it('reads VmRSS', () => {
    expect(parseResidentBytes('Name:\tx\nVmHWM:\t 9 kB\nVmRSS:\t    2048 kB\n')).toBe(2_097_152);
  });
});

describe.skipIf(process.platform !== 'linux')('a living process', () => {
  it('has used CPU time and memory', () => {
    expect(cpuTimeOf(process.pid).userMs).toBeGreaterThan(0);
    expect(scheduledMsOf(process.pid)).toBeGreaterThan(0);
    expect(residentBytesOf(process.pid)).toBeGreaterThan(1_000_000);
  });
});
