import { defineConfig, type Options } from 'tsup';

/** The oldest Node that we support; `engines.node` of every package says the same. */
const target = 'node20.19';

/** The build of a published library: ESM and CommonJS, each with its own types, one pair of files per public entry. */
export function libraryBuild(overrides: Options = {}): Options {
  return {
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    target,
    // The public types of a neighbour are those it ships, so a declaration never points into somebody's sources.
    dts: { compilerOptions: { customConditions: [] } },
    // `import.meta.url` means something in CommonJS too.
    shims: true,
    sourcemap: true,
    clean: true,
    ...overrides,
  };
}

/**
 * The build of a program: ESM that carries our own packages in it, because resolving and reading a hundred files costs
 * more at start than the whole of their code. Dependencies from the registry stay outside. What is imported
 * dynamically becomes a chunk of its own; in one file esbuild would have to wrap every module in a function, and then
 * constants are no constants for V8 any more. The hashbang line is written here, not in the source.
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
      // Turns constants and enum members into literals; V8 would load a bundled module's constants at every use.
      options.minifySyntax = true;
      options.conditions = ['nanoredis-source'];
      options.chunkNames = 'chunks/[name]-[hash]';
    },
    ...overrides,
  };
}

export { defineConfig };
