import { existsSync } from 'node:fs';
import { defineConfig, libraryBuild, programBuild } from '../../tooling/tsup';

const library = libraryBuild({ clean: ['!cli.*'] });
const daemon = programBuild({ entry: ['src/cli.ts'] });

export default defineConfig(existsSync('src/cli.ts') ? [library, daemon] : [library]);
