import { gridDegrees, gridIndex, MAX_LATITUDE, MAX_LONGITUDE, MAX_STEP } from './geo-grid';
import type { GeoShape } from './geo-shape';
import { EARTH_RADIUS_METRES, toDegrees, toRadians } from './great-circle';

/** Half the circumference of the earth in the Mercator projection, in metres: MERCATOR_MAX of Redis. */
const MERCATOR_METRES = 20037726.37;

/** Offsets of the centre cell and its neighbours, in the order in which redis-server searches them. */
const EAST = [0, 0, 0, 1, -1, 1, -1, 1, -1];
const NORTH = [0, 1, -1, 0, 0, 1, 1, -1, -1];

/** Maximum number of cells of a cover. */
export const COVER_CELLS = 9;

/**
 * The cells of one grid that together cover a shape: the cell of its centre, and the neighbours that the shape reaches.
 * Follows redis-server's geohashCalculateAreasByShapeWGS84, because the choice of cells decides the order of the reply.
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
    const column = gridIndex(longitude, MAX_LONGITUDE, step);
    const row = gridIndex(latitude, MAX_LATITUDE, step);
    // At step 1 the cells are so large that all neighbours are needed.
    const mayExclude = step >= 2;
    const hasSouth = !(mayExclude && gridDegrees(row, MAX_LATITUDE, step) < this.#minLatitude);
    const hasNorth = !(mayExclude && gridDegrees(row + 1, MAX_LATITUDE, step) > this.#maxLatitude);
    const hasWest = !(mayExclude && gridDegrees(column, MAX_LONGITUDE, step) < this.#minLongitude);
    const hasEast = !(mayExclude && gridDegrees(column + 1, MAX_LONGITUDE, step) > this.#maxLongitude);
    this.count = 0;
    for (let i = 0; i < COVER_CELLS; i++) {
      const east = EAST[i]!;
      const north = NORTH[i]!;
      if ((east > 0 && !hasEast) || (east < 0 && !hasWest)) continue;
      if ((north > 0 && !hasNorth) || (north < 0 && !hasSouth)) continue;
      this.#add(adjacent(column, east, step), adjacent(row, north, step));
    }
    return this;
  }

  /** On a coarse grid two neighbours may be the same cell: skips a cell that equals the previous one. */
  #add(column: number, row: number): void {
    const last = this.count - 1;
    // As in Redis, the first neighbour is not compared with the centre cell.
    if (last > 0 && this.columns[last] === column && this.rows[last] === row) return;
    this.columns[this.count] = column;
    this.rows[this.count] = row;
    this.count++;
  }

  /** Computes the bounding box in degrees. The width is taken at the latitude nearest to a pole, where meridians converge. */
  #bound(shape: GeoShape): void {
    const { longitude, latitude, metresPerUnit } = shape;
    const height = metresPerUnit * (shape.isBox ? shape.height / 2 : shape.radius);
    const width = metresPerUnit * (shape.isBox ? shape.width / 2 : shape.radius);
    const north = toDegrees(height / EARTH_RADIUS_METRES);
    const nearPole = latitude < 0 ? latitude - north : latitude + north;
    const east = toDegrees(width / EARTH_RADIUS_METRES / Math.cos(toRadians(nearPole)));
    this.#minLongitude = longitude - east;
    this.#maxLongitude = longitude + east;
    this.#minLatitude = latitude - north;
    this.#maxLatitude = latitude + north;
  }

  /** Tells whether the neighbours of a position's cell contain the bounding box. */
  #isReached(longitude: number, latitude: number, step: number): boolean {
    const column = gridIndex(longitude, MAX_LONGITUDE, step);
    const row = gridIndex(latitude, MAX_LATITUDE, step);
    return (
      gridDegrees(adjacent(row, 1, step) + 1, MAX_LATITUDE, step) >= this.#maxLatitude &&
      gridDegrees(adjacent(row, -1, step), MAX_LATITUDE, step) <= this.#minLatitude &&
      gridDegrees(adjacent(column, 1, step) + 1, MAX_LONGITUDE, step) >= this.#maxLongitude &&
      gridDegrees(adjacent(column, -1, step), MAX_LONGITUDE, step) <= this.#minLongitude
    );
  }
}

/** The largest step at which a cell and its neighbours are likely to cover a circle. */
function stepFor(radiusMetres: number, latitude: number): number {
  if (radiusMetres === 0) return MAX_STEP;
  let step = -1;
  for (let metres = radiusMetres; metres < MERCATOR_METRES; metres *= 2) step++;
  const distance = Math.abs(latitude);
  if (distance > 66) step--;
  if (distance > 80) step--;
  return Math.max(1, Math.min(MAX_STEP, step));
}

/** The adjacent column or row; both wrap around. */
function adjacent(index: number, by: number, step: number): number {
  if (by === 0) return index;
  const count = 2 ** step;
  return (index + by + count) % count;
}
