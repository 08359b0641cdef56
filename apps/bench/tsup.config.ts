import { defineConfig, programBuild } from '../../tooling/tsup';

export default defineConfig(
  programBuild({
    // The worker and what is loaded into the daemon are files of their own, named in src/places.ts.
    entry: {
      cli: 'src/cli.ts',
      'filler-worker': 'src/load/filler-worker.ts',
      'loop-delay-recorder': 'src/servers/loop-delay-recorder.ts',
    },
    clean: true,
  }),
);
