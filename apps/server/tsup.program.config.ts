import { defineConfig, programBuild } from '../../tooling/tsup';

/** The daemon alone: what `npm start` needs, in a second and without the builds of the neighbours. */
export const daemonBuilds = [
  programBuild({ entry: { cli: 'src/launch.ts' } }),
  programBuild({ entry: ['src/cli.ts'], format: ['cjs'], splitting: false, shims: true, banner: {} }),
];

export default defineConfig(daemonBuilds);
