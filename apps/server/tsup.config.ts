import { defineConfig, libraryBuild } from '../../tooling/tsup';

// The daemon is a task of its own and builds to the same folder, so nothing is cleaned here.
export default defineConfig(libraryBuild({ clean: false }));
