import { defineConfig, libraryBuild } from '../../tooling/tsup';

export default defineConfig(libraryBuild({ entry: ['src/index.ts', 'src/memory.ts'] }));
