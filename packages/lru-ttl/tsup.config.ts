import { libraryBuild } from '../../tooling/tsup';

/** Syntax is minified because that writes constants as numbers into the hot functions; names and layout stay readable. */
export default libraryBuild({
  esbuildOptions(options) {
    options.minifySyntax = true;
  },
});
