import { defineConfig, programBuild } from '../../tooling/tsup';

/** The daemon alone: `npm start` needs no more. It takes a second and no builds of the packages. */
export default defineConfig([
  programBuild({ entry: { cli: 'src/launch.ts' } }),
  programBuild({ entry: ['src/cli.ts'], format: ['cjs'], splitting: false, shims: true, banner: {} }),
]);
