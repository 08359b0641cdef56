import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { thresholdsSchema } from '../src/check/thresholds';
import { benchFolder } from '../src/places';
import { scenarioSchema } from '../src/scenario/scenario';

describe('the schemas that editors read', () => {
  it.each([
    { path: 'scenarios/scenario.schema.json', schema: scenarioSchema },
    { path: 'thresholds/thresholds.schema.json', schema: thresholdsSchema },
  ])('$path is up to date; npm run docs:results brings it there', async ({ path, schema }) => {
    const text = `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(join(benchFolder, path));
  });
});
