import { defineConfig, programBuild } from '../../tooling/tsup';

// Both run at the same time, so neither may clean up: the build script empties dist before.
export default defineConfig([
  programBuild({
    // What runs in another thread or process is a file of its own.
    entry: {
      cli: 'src/cli.ts',
      'filler-worker': 'src/load/filler-worker.ts',
      'embedded-start': 'src/measure/embedded-start.ts',
      'loop-delay-recorder': 'src/servers/loop-delay-recorder.ts',
    },
  }),
  // Each micro-benchmark has the code of our packages in it, compiled as in the daemon and shared with no other benchmark.
  programBuild({
    entry: ['src/micro/*/*.bench.ts', 'src/micro/*/*.process.ts'],
    outDir: 'dist/micro',
    splitting: false,
    banner: {},
  }),
]);
