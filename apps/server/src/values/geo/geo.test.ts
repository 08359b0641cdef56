import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COVER_CELLS, GeoCover } from './geo-cover';
import { GeoPosition, gridIndex, MAX_LATITUDE, MAX_LONGITUDE, MAX_STEP, minScore } from './geo-grid';
import { GeoShape } from './geo-shape';
import { GEOHASH_BYTES, writeGeohash } from './geohash-text';
import { greatCircleMetres } from './great-circle';

const longitude = fc.double({ min: -MAX_LONGITUDE, max: MAX_LONGITUDE, noNaN: true });
const latitude = fc.double({ min: -MAX_LATITUDE, max: MAX_LATITUDE, noNaN: true });
const index = fc.nat(2 ** MAX_STEP - 1);

/** The bits of column and row interleaved, as a bigint. */
function interleave(column: number, row: number): bigint {
  let bits = 0n;
  for (let i = 26; i >= 0; i--) bits = (bits << 2n) | BigInt(((column >>> i) & 1) * 2 + ((row >>> i) & 1));
  return bits;
}

describe('scores', () => {
  it('interleave the bits of column and row', () => {
    fc.assert(
      fc.property(index, index, (column, row) => {
        expect(minScore(column, row, MAX_STEP)).toBe(Number(interleave(column, row)));
      }),
    );
  });

  it('of positions on the upper limits, one column or row beyond the last, are rounded once', () => {
    const edge = 2 ** MAX_STEP;
    for (const [column, row] of [
      [edge, edge],
      [edge, 12345],
      [edge, 12347],
      [54321, edge],
    ] as const) {
      expect(minScore(column, row, MAX_STEP)).toBe(Number(interleave(column, row)));
    }
  });

  it('of a coarser cell span those of the finest cells in it', () => {
    fc.assert(
      fc.property(index, index, fc.integer({ min: 1, max: MAX_STEP }), (column, row, step) => {
        const scale = 2 ** (MAX_STEP - step);
        const [x, y] = [Math.floor(column / scale), Math.floor(row / scale)];
        const score = minScore(column, row, MAX_STEP);
        expect(score).toBeGreaterThanOrEqual(minScore(x, y, step));
        expect(score).toBeLessThan(minScore(x, y, step, 1));
      }),
    );
  });

  it('decode to the middle of their cell', () => {
    const position = new GeoPosition();
    fc.assert(
      fc.property(longitude, latitude, (x, y) => {
        const column = gridIndex(x, MAX_LONGITUDE, MAX_STEP);
        const row = gridIndex(y, MAX_LATITUDE, MAX_STEP);
        position.decode(minScore(column, row, MAX_STEP));
        expect(Math.abs(position.longitude - x)).toBeLessThanOrEqual(360 / 2 ** MAX_STEP);
        expect(Math.abs(position.latitude - y)).toBeLessThanOrEqual(180 / 2 ** MAX_STEP);
      }),
    );
  });

  it('of any size have a position on the earth', () => {
    const position = new GeoPosition();
    fc.assert(
      fc.property(fc.double(), (score) => {
        position.decode(score);
        expect(Math.abs(position.longitude)).toBeLessThanOrEqual(MAX_LONGITUDE);
        expect(Math.abs(position.latitude)).toBeLessThanOrEqual(MAX_LATITUDE);
      }),
    );
  });
});

describe('a cover', () => {
  const cover = new GeoCover();

  it('contains the cells of all positions within a circle or a box of up to a thousand kilometres', () => {
    const kilometres = fc.double({ min: 0.001, max: 1000, noNaN: true });
    const away = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: -150, max: 150, noNaN: true }),
        fc.double({ min: -55, max: 55, noNaN: true }),
        kilometres,
        fc.boolean(),
        away,
        away,
        (x, y, size, isBox, east, north) => {
          const shape = new GeoShape();
          Object.assign(shape, { longitude: x, latitude: y, isBox, metresPerUnit: 1000 });
          Object.assign(shape, { radius: size, width: 2 * size, height: 2 * size });
          const [toX, toY] = [x + (east * size) / 60, y + (north * size) / 111];
          if (shape.distanceWithin(toX, toY) < 0) return;
          const { step, columns, rows, count } = cover.cover(shape);
          const column = gridIndex(toX, MAX_LONGITUDE, step);
          const row = gridIndex(toY, MAX_LATITUDE, step);
          const cells = Array.from({ length: count }, (_, i) => `${columns[i]},${rows[i]}`);
          expect(count).toBeLessThanOrEqual(COVER_CELLS);
          expect(cells).toContain(`${column},${row}`);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('begins with the cell of the centre and has no duplicates on a fine grid', () => {
    fc.assert(
      fc.property(longitude, latitude, fc.double({ min: 0, max: 1e5, noNaN: true }), (x, y, radius) => {
        const shape = new GeoShape();
        Object.assign(shape, { longitude: x, latitude: y, radius });
        const { step, columns, rows, count } = cover.cover(shape);
        expect([columns[0], rows[0]]).toEqual([gridIndex(x, MAX_LONGITUDE, step), gridIndex(y, MAX_LATITUDE, step)]);
        const cells = Array.from({ length: count }, (_, i) => `${columns[i]},${rows[i]}`);
        expect(new Set(cells).size).toBe(count);
      }),
    );
  });
});

describe('distances', () => {
  it('are symmetric, and zero between equal positions', () => {
    fc.assert(
      fc.property(longitude, latitude, longitude, latitude, (x1, y1, x2, y2) => {
        expect(greatCircleMetres(x1, y1, x1, y1)).toBe(0);
        const there = greatCircleMetres(x1, y1, x2, y2);
        if (Number.isNaN(there)) return;
        expect(greatCircleMetres(x2, y2, x1, y1)).toBeCloseTo(there, 3);
      }),
    );
  });

  it('of a degree of latitude are about 111 kilometres', () => {
    expect(greatCircleMetres(13, 37, 13, 38)).toBeCloseTo(111226.3, 1);
  });
});

describe('the standard geohash', () => {
  it('matches published values', () => {
    const text = Buffer.alloc(GEOHASH_BYTES);
    writeGeohash(13.361389338970184, 38.1155563954963, text);
    expect(text.toString()).toBe('sqc8b49rny0');
    writeGeohash(-5.6, 42.6, text);
    expect(text.toString().slice(0, 5)).toBe('ezs42');
  });
});
