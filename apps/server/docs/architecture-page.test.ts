import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { architecturePage } from './architecture-page';
import { architecturePicture } from './architecture-picture';
import { layers } from './layers';

describe('docs/architecture.md', () => {
  it('has the layers of docs/layers.json; npm run docs:architecture updates it', async () => {
    await expect(architecturePage()).toMatchFileSnapshot('../../../docs/architecture.md');
  });

  it('has a picture of them; npm run docs:architecture updates it', async () => {
    await expect(architecturePicture()).toMatchFileSnapshot('../../../docs/architecture.svg');
  });

  it('names every package and every layer that there is', () => {
    const packages = readdirSync(new URL('../../../packages/', import.meta.url));
    expect(layers.packages.map(({ name }) => name).sort()).toEqual(packages.sort());
    const sources = readdirSync(new URL('../src/', import.meta.url)).filter((name) => !name.endsWith('.test.ts'));
    const layerOf = (source: string): string | undefined =>
      layers.server.find(({ name, files = name }) => new RegExp(`^${files}([.]ts)?$`).test(source))?.name;
    expect(new Set(sources.map(layerOf))).toEqual(new Set(layers.server.map(({ name }) => name)));
  });
});
