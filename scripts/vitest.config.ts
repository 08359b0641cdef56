import { defineConfig } from 'vitest/config';
import { reporters } from '../tooling/vitest.ts';

export default defineConfig({ test: { include: ['**/*.test.mjs'], reporters } });
