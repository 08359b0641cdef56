import { defineConfig, programBuild } from '../../tooling/tsup';

export default defineConfig(programBuild({ entry: ['src/cli.ts', 'src/load-writer.ts'], clean: true }));
