import { defineConfig, libraryBuild, programBuild } from '../../tooling/tsup';

// The two run at the same time, so neither may clean up: the build script empties dist before.
export default defineConfig([libraryBuild({ clean: false }), programBuild({ entry: ['src/cli.ts'] })]);
