import { defineConfig, programBuild } from '../../tooling/tsup';

export default defineConfig(
  programBuild({
    // What runs in another thread or process is a file of its own, and so is what programs under bench/ import.
    entry: {
      cli: 'src/cli.ts',
      index: 'src/index.ts',
      'filler-worker': 'src/load/filler-worker.ts',
      'embedded-start': 'src/measure/embedded-start.ts',
      'loop-delay-recorder': 'src/servers/loop-delay-recorder.ts',
    },
    clean: true,
  }),
);
