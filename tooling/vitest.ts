import { defineConfig } from 'vitest/config';

/** The tests of every package run against the sources of its neighbours, so that no build is needed between an edit and a test. */
export default defineConfig({
  resolve: { conditions: ['nanoredis-source'] },
  ssr: { resolve: { conditions: ['nanoredis-source'] } },
  test: { include: ['{src,test,docs}/**/*.test.ts'] },
});
