import { defineConfig, libraryBuild } from '../../tooling/tsup';
import { daemonBuilds } from './tsup.program.config';

// They run at the same time, so none may clean up: the build script empties dist before.
export default defineConfig([libraryBuild({ clean: false }), ...daemonBuilds]);
