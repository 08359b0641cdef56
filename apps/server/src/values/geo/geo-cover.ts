import { FINEST_STEP, gridDegrees, gridIndex, MOST_LATITUDE, MOST_LONGITUDE } from './geo-grid';
import type { GeoShape } from './geo-shape';
import { EARTH_RADIUS_METRES, toDegrees, toRadians } from './great-circle';

/** Half the circumference of the earth in the Mercator projection, metres. */
const MERCATOR_METRES = 20037726.37;

/** Cells around the middle one, in the order in which redis-server searches them: columns to the east, rows to the north. */
const EAST = [0, 0, 0, 1, -1, 1, -1, 1, -1];
const NORTH = [0, 1, -1, 0, 0, 1, 1, -1, -1];

/** Cells of a cover, at most. */
export const COVER_CELLS = 9;

/**
 * A few cells of one grid that together cover a shape: that of its centre, and those around it which the shape reaches. After
 * redis-server's geohashCalculateAreasByShapeWGS84, whose choice decides in which order members are found.
 */
export class GeoCover {
  /** Step of the grid. */
  step = 0;
  /** Cells of the cover, in the order of the search. */
  count = 0;
  readonly columns = new Float64Array(COVER_CELLS);
  readonly rows = new Float64Array(COVER_CELLS);
  #minLongitude = 0;
  #maxLongitude = 0;
  #minLatitude = 0;
  #maxLatitude = 0;

  /** Covers a shape. O(1). */
  cover(shape: GeoShape): this {
    this.#bound(shape);
    const { longitude, latitude } = shape;
    let step = stepFor(shape.reachMetres, latitude);
    if (step > 1 && !this.#isReached(longitude, latitude, step)) step--;
    this.step = step;
    const column = gridIndex(longitude, MOST_LONGITUDE, step);
    const row = gridIndex(latitude, MOST_LATITUDE, step);
    // Cells are too large at step 1 to leave any out.
    const isPicky = step >= 2;
    const hasSouth = !(isPicky && gridDegrees(row, MOST_LATITUDE, step) < this.#minLatitude);
    const hasNorth = !(isPicky && gridDegrees(row + 1, MOST_LATITUDE, step) > this.#maxLatitude);
    const hasWest = !(isPicky && gridDegrees(column, MOST_LONGITUDE, step) < this.#minLongitude);
    const hasEast = !(isPicky && gridDegrees(column + 1, MOST_LONGITUDE, step) > this.#maxLongitude);
    this.count = 0;
    for (let i = 0; i < COVER_CELLS; i++) {
      const east = EAST[i]!;
      const north = NORTH[i]!;
      if ((east > 0 && !hasEast) || (east < 0 && !hasWest)) continue;
      if ((north > 0 && !hasNorth) || (north < 0 && !hasSouth)) continue;
      this.#add(moved(column, east, step), moved(row, north, step));
    }
    return this;
  }

  /** Cells around the middle one may be the same on a coarse grid: one that was just searched is not searched again. */
  #add(column: number, row: number): void {
    const last = this.count - 1;
    // As in Redis, this is not asked of the one behind the middle.
    if (last > 0 && this.columns[last] === column && this.rows[last] === row) return;
    this.columns[this.count] = column;
    this.rows[this.count] = row;
    this.count++;
  }

  /** Finds the degrees between which the shape lies: meridians come together towards the pole that is near. */
  #bound(shape: GeoShape): void {
    const { longitude, latitude, metresPerUnit } = shape;
    const height = metresPerUnit * (shape.isBox ? shape.height / 2 : shape.radius);
    const width = metresPerUnit * (shape.isBox ? shape.width / 2 : shape.radius);
    const north = toDegrees(height / EARTH_RADIUS_METRES);
    const widest = latitude < 0 ? latitude - north : latitude + north;
    const east = toDegrees(width / EARTH_RADIUS_METRES / Math.cos(toRadians(widest)));
    this.#minLongitude = longitude - east;
    this.#maxLongitude = longitude + east;
    this.#minLatitude = latitude - north;
    this.#maxLatitude = latitude + north;
  }

  /** Tells whether the cells around that of a position reach as far as the shape. */
  #isReached(longitude: number, latitude: number, step: number): boolean {
    const column = gridIndex(longitude, MOST_LONGITUDE, step);
    const row = gridIndex(latitude, MOST_LATITUDE, step);
    return (
      gridDegrees(moved(row, 1, step) + 1, MOST_LATITUDE, step) >= this.#maxLatitude &&
      gridDegrees(moved(row, -1, step), MOST_LATITUDE, step) <= this.#minLatitude &&
      gridDegrees(moved(column, 1, step) + 1, MOST_LONGITUDE, step) >= this.#maxLongitude &&
      gridDegrees(moved(column, -1, step), MOST_LONGITUDE, step) <= this.#minLongitude
    );
  }
}

/** The finest step at which a cell and those around it are likely to cover a circle. */
function stepFor(radiusMetres: number, latitude: number): number {
  if (radiusMetres === 0) return FINEST_STEP;
  let step = -1;
  for (let metres = radiusMetres; metres < MERCATOR_METRES; metres *= 2) step++;
  const distance = Math.abs(latitude);
  if (distance > 66) step--;
  if (distance > 80) step--;
  return Math.max(1, Math.min(FINEST_STEP, step));
}

/** The column or row beside one; the earth is round both ways. */
function moved(index: number, by: number, step: number): number {
  if (by === 0) return index;
  const count = 2 ** step;
  return (index + by + count) % count;
}
