import { describe, expect, it } from 'vitest';
import { latencyGraphText } from './latency-graph-text';

describe('latencyGraphText', () => {
  it('draws a column per spike, with its duration as height and its age below', () => {
    const samples = [
      { timeSeconds: 1000, milliseconds: 10 },
      { timeSeconds: 4000, milliseconds: 70 },
      { timeSeconds: 4590, milliseconds: 40 },
      { timeSeconds: 4599, milliseconds: 130 },
    ];
    expect(latencyGraphText('command', { samples, maxMilliseconds: 200 }, 4600).split('\n')).toEqual([
      'command - high 130 ms, low 10 ms (all time high 200 ms)',
      '-'.repeat(80),
      '   #',
      ' _ |',
      ' |_|',
      '_|||',
      '    ',
      '1111',
      'h00s',
      ' ms ',
      '',
    ]);
  });

  it('begins a new strip after 80 spikes', () => {
    const samples = Array.from({ length: 81 }, (_, i) => ({ timeSeconds: i, milliseconds: 5 }));
    const lines = latencyGraphText('x', { samples, maxMilliseconds: 5 }, 81).split('\n');
    expect(lines[5]).toBe('_'.repeat(80));
    expect(lines.filter((line) => line === '_')).toHaveLength(1);
  });
});
