import { defineConfig, programBuild } from '../../tooling/tsup';

// The daemon alone: what `npm start` needs, in a second and without the builds of the neighbours.
export default defineConfig(programBuild({ entry: ['src/cli.ts'] }));
