import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { NANOREDIS_VERSION } from './version';

it('is the version of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(NANOREDIS_VERSION).toBe(manifest.version);
});
