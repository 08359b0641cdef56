import { defineConfig, libraryBuild } from '../../tooling/tsup';

export default defineConfig(libraryBuild());
