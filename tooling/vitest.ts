import { defineConfig } from 'vitest/config';
import type { InlineConfig } from 'vitest/node';

const { NANOREDIS_REPORTS: reportFolder, TURBO_HASH: task } = process.env;

/** In a task of `npm test` a suite also writes a JSON report, named after the hash of the task, for the sum of all tests. */
export const reporters: NonNullable<InlineConfig['reporters']> =
  reportFolder === undefined || task === undefined
    ? ['default']
    : ['default', ['json', { outputFile: `${reportFolder}/${task}.json` }]];

/** The tests of a package run against the sources of the packages below, so no build is needed between an edit and a test. */
export default defineConfig({
  resolve: { conditions: ['nanoredis-source'] },
  ssr: { resolve: { conditions: ['nanoredis-source'] } },
  test: { include: ['{src,test,docs}/**/*.test.ts'], reporters, testTimeout: 20_000, hookTimeout: 30_000 },
});
