import { defineConfig, type Options } from 'tsup';

/** The oldest Node that we support; `engines.node` of every package says the same. */
const target = 'node20.19';

/** The build of a published library: ESM and CommonJS, each with its own types, one pair of files per public entry. */
export function libraryBuild(overrides: Options = {}): Options {
  return {
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    target,
    // Types of our other packages come from their builds, so no declaration refers to sources.
    dts: { compilerOptions: { customConditions: [] } },
    // `import.meta.url` works in CommonJS, too.
    shims: true,
    sourcemap: true,
    clean: true,
    ...overrides,
  };
}

/**
 * The build of a program: ESM with our own packages bundled in, because at the start resolving and reading a hundred files takes
 * longer than compiling their code. Dependencies from the registry are not bundled. What is imported dynamically becomes a chunk: in
 * one file esbuild would wrap every module in a function, and V8 would not treat its constants as constants. The hashbang line is
 * added here and is not in the source.
 */
export function programBuild(overrides: Options = {}): Options {
  return {
    format: ['esm'],
    target,
    dts: false,
    splitting: true,
    sourcemap: true,
    banner: { js: '#!/usr/bin/env node' },
    noExternal: [/^@nanoredis\//],
    esbuildOptions(options) {
      // Replaces constants and enum members by literals; V8 would load the constants of a bundled module at every use.
      options.minifySyntax = true;
      options.conditions = ['nanoredis-source'];
      options.chunkNames = 'chunks/[name]-[hash]';
    },
    ...overrides,
  };
}

export { defineConfig };
