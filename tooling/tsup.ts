import { defineConfig, type Options } from 'tsup';

/** The build of every published package: ESM and CommonJS with types, for the oldest Node that we support. */
export function libraryBuild(overrides: Options = {}): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    target: 'node20',
    dts: { compilerOptions: { customConditions: [] } },
    sourcemap: true,
    clean: true,
    ...overrides,
  });
}
