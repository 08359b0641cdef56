import { describe, expect, it } from 'vitest';
import type { Measurement, Result } from '../results/result';
import { seriesNumber } from './chart-style';
import { chartsOf } from './charts-of-result';
import { htmlReport } from './html-report';
import { resultsPage } from './results-page';
import { terminalTable } from './terminal-tables';

const latencies = { p50Ms: 1, p95Ms: 2, p99Ms: 3, p999Ms: 4, maxMs: 50 };

function measurement(server: string, pipeline: number, rates: number[]): Measurement {
  const runs = rates.map((requestsPerSecond) => ({ requestsPerSecond, cpuMicroseconds: 2, ...latencies }));
  return { server, case: { test: 'SET', pipeline, connections: 50, valueBytes: 3 }, command: 'redis-benchmark', runs };
}

const result: Result = {
  format: 1,
  name: 'smoke',
  title: 'SET <and> GET',
  description: 'What it is.',
  command: 'nanoredis-bench smoke',
  startedAt: '2026-11-25T03:00:00.000Z',
  finishedAt: '2026-11-25T03:02:00.000Z',
  machine: { processor: 'A CPU', cores: 2, memoryGibibytes: 24, system: 'Linux 6', node: '20.20.2' },
  reference: 'redis-server',
  servers: [{ name: 'redis-server', version: 'Redis 7.0.15', command: 'redis-server --port 1' }],
  measurements: [
    measurement('redis-server', 1, [90, 100, 110]),
    measurement('ours', 1, [150]),
    measurement('redis-server', 16, [1000]),
    measurement('ours', 16, [2500]),
  ],
  failures: [{ server: 'libuv', during: 'SET', message: 'has ended & gone' }],
};

describe('terminalTable', () => {
  it('shows medians, spreads and ratios, and constant dimensions once', () => {
    const table = terminalTable(result);
    expect(table).toMatch(/^SET <and> GET, test SET, connections 50, valueBytes 3, x is redis-server\n/);
    expect(table).toMatch(/│ 1 +│ redis-server │ +100 │ 10% │ 1\.00 │/);
    expect(table).toMatch(/│ 16 +│ ours +│ +2,500 │ +0% │ 2\.50 │/);
  });
});

describe('chartsOf', () => {
  it('draws the varying dimension, and the percentiles', () => {
    const charts = chartsOf(result);
    expect(charts.map(({ title }) => title)).toEqual(['SET by pipeline', 'SET by pipeline', 'Latency of SET']);
    expect(charts[0]).toMatchObject({
      unit: 'requests/s',
      places: ['1', '16'],
      series: [
        { name: 'redis-server', values: [{ middle: 100, low: 90, high: 110 }, { middle: 1000 }] },
        { name: 'ours' },
      ],
    });
  });

  it('draws one bar chart for many tests', () => {
    const measurements = ['A', 'B', 'C', 'D', 'E'].flatMap((test) =>
      ['redis-server', 'ours'].map((server) => ({ ...measurement(server, 16, [100]), server, case: { test } })),
    );
    expect(chartsOf({ measurements, reference: 'redis-server' })[0]).toMatchObject({
      kind: 'bars',
      series: ['ours'],
      mark: 1,
      groups: [{ name: 'A', values: [{ middle: 1 }] }, {}, {}, {}, {}],
    });
  });
});

describe('seriesNumber', () => {
  it('is constant for known servers, and another one for every other series', () => {
    const names = ['redis-server', 'a', 'b'];
    expect(names.map((name) => seriesNumber(name, names))).toEqual([0, 1, 2]);
    expect(seriesNumber('nanoredis libuv', ['nanoredis libuv'])).toBe(3);
  });
});

describe('htmlReport', () => {
  const page = htmlReport(result);

  it('is one file that loads nothing else, with escaped texts', () => {
    expect(page).not.toMatch(/<script|<link|src=|url\(/);
    expect(page).toContain('<h1>SET &#60;and&#62; GET</h1>');
    expect(page).toContain('has ended &#38; gone');
  });

  it('contains every chart in two widths', () => {
    expect(page.match(/<svg class="chart"/g)).toHaveLength(6);
    expect(page).not.toContain('NaN');
  });
});

describe('resultsPage', () => {
  it('has a section for each result, and charts as files', () => {
    const [page, ...charts] = resultsPage([{ name: '2026-11-25-smoke', result }]);
    expect(page?.text).toContain('![SET by pipeline, requests/s](results/charts/2026-11-25-smoke-1.svg)');
    expect(page?.text).toContain('| 16 | ours | 2,500 | 0% | 2.50 |');
    expect(charts.map(({ path }) => path)).toHaveLength(3);
    expect(charts[0]?.text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg">.*<style>/);
  });

  it('colours charts by attributes, which every renderer knows, and by CSS only in dark mode', () => {
    const [, chart] = resultsPage([{ name: '2026-11-25-smoke', result }]);
    expect(chart?.text).not.toContain('var(');
    expect(chart?.text).toContain('<style>@media (prefers-color-scheme:dark){');
    expect(chart?.text).toMatch(/<path class="l0" fill="none" stroke="#6b7280"/);
  });
});
