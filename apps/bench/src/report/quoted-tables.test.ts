import { describe, expect, it } from 'vitest';
import type { Measurement, Result } from '../results/result';
import { withQuotedTables } from './quoted-tables';

function resultOf(name: string, measurements: Measurement[]): Result {
  return {
    format: 1,
    name,
    title: 'T',
    description: 'D',
    command: `nanoredis-bench ${name}`,
    startedAt: '2026-11-25T10:00:00.000Z',
    finishedAt: '2026-11-25T10:01:00.000Z',
    machine: { processor: 'P', cores: 2, memoryGibibytes: 8, system: 'Linux', node: '20' },
    reference: measurements[0]!.server,
    servers: [],
    measurements,
    failures: [],
  };
}

function timed(server: string, operation: string, ...nanoseconds: number[]): Measurement {
  const runs = nanoseconds.map((nanosecondsPerOperation) => ({ nanosecondsPerOperation }));
  return { server, case: { operation }, command: 'c', runs };
}

const compared = resultOf('compared', [
  timed('ours', 'get', 10, 12, 11),
  timed('theirs', 'get', 22, 21, 30),
  timed('ours', 'set', 20),
  timed('theirs', 'set', 10),
]);
const SOURCE = 'P, 2 cores, 8 GiB, Linux, Node 20, 2026-11-25. `npx nanoredis-bench';

describe('withQuotedTables', () => {
  it('gives each competitor a column, and leaves the rest of the page unchanged', () => {
    const page = 'before\n<!-- figures of compared -->\nold\n<!-- end -->\nafter';
    expect(withQuotedTables(page, [compared])).toBe(`before
<!-- figures of compared -->
| ns CPU | ours | theirs |
| --- | ---: | ---: |
| get | 11.0 | 22.0 (2.00x) |
| set | 20.0 | 10.0 (0.50x) |

Medians of 3 rounds. ${SOURCE} compared\`
<!-- end -->
after`);
  });

  it('selects operations', () => {
    const page = '<!-- figures of compared: set -->\n<!-- end -->';
    expect(withQuotedTables(page, [compared])).not.toContain('| get |');
    expect(() => withQuotedTables('<!-- figures of compared: sit -->\n<!-- end -->', [compared])).toThrow('called sit');
  });

  it('gives each figure a column where there are several figures', () => {
    const runs = [{ requestsPerSecond: 1000, residentMebibytes: 5 }];
    const alone = resultOf('alone', [{ server: 'ours', case: { operation: 'echo' }, command: 'c', runs }]);
    expect(withQuotedTables('<!-- figures of alone -->\n<!-- end -->', [alone])).toContain(
      '|  |  | requests/s | RSS MiB |\n| --- | --- | ---: | ---: |\n| echo | ours | 1,000 | 5 |',
    );
  });

  it('shows ratios to the reference', () => {
    const measured = (server: string, requestsPerSecond: number, cpuMicroseconds: number): Measurement => ({
      server,
      case: { test: 'GET', pipeline: 16, connections: 50 },
      command: 'c',
      runs: [{ requestsPerSecond, cpuMicroseconds }],
    });
    const smoke = resultOf('smoke', [measured('theirs', 100, 1), measured('ours', 150, 0.5)]);
    expect(withQuotedTables('<!-- ratios of smoke -->\n<!-- end -->', [smoke])).toContain(
      '| requests/s, CPU time: x theirs | ours |\n| --- | ---: |\n| GET, pipeline 16 | 1.50x, 0.50x |',
    );
  });

  it('refuses a result that is not published', () => {
    expect(() => withQuotedTables('<!-- figures of it -->\n<!-- end -->', [])).toThrow('it is quoted');
  });
});
