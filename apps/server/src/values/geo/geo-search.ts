import type { Address } from '@nanoredis/intrusive-ds';
import { sortRange } from '../sort-range';
import { ScoreRange } from '../sorted-set/score-range';
import type { SortedSets } from '../sorted-set/sorted-sets';
import { GeoCover } from './geo-cover';
import { GeoPosition, leastScore } from './geo-grid';
import type { GeoShape } from './geo-shape';

const FEW = 64;

/**
 * The members of a sorted set that lie within a shape, in the order in which they are found or by their distance. One object
 * serves all searches; what was found is valid until the sorted set changes.
 */
export class GeoSearch {
  /** Members that were found. */
  count = 0;
  /** Where each is: see SortedSetCursor.position. */
  positions = new Uint32Array(FEW);
  scores = new Float64Array(FEW);
  /** Metres from the centre. */
  metres = new Float64Array(FEW);
  /** Degrees. */
  longitudes = new Float64Array(FEW);
  latitudes = new Float64Array(FEW);
  /** Indexes into the arrays above, in the order that was asked for. */
  order = new Uint32Array(FEW);
  readonly #cover = new GeoCover();
  readonly #range = new ScoreRange();
  readonly #position = new GeoPosition();

  /**
   * Finds the members of the set under `entry` within `shape`, as many as there are or the first `limit`. Moves the sets' own
   * cursor. O(cells * log n + members in the cells).
   */
  run(sets: SortedSets, entry: Address, shape: GeoShape, limit: number): void {
    this.count = 0;
    const { step, columns, rows, count } = this.#cover.cover(shape);
    for (let i = 0; i < count && this.count < limit; i++) {
      const min = leastScore(columns[i]!, rows[i]!, step);
      const max = leastScore(columns[i]!, rows[i]!, step, 1);
      this.#searchCell(sets, entry, shape, min, max, limit);
    }
  }

  /**
   * Orders what was found by distance, so that the first `wanted` are right. Those at the same distance come in the order in
   * which redis-server's sorting leaves them. O(n log n).
   */
  sort(isDescending: boolean, wanted: number): void {
    const { metres } = this;
    const sign = isDescending ? -1 : 1;
    const compare = (a: number, b: number): number => {
      const difference = metres[a]! - metres[b]!;
      return difference > 0 ? sign : difference === 0 ? 0 : -sign;
    };
    sortRange(this.order, this.count, compare, 0, wanted - 1);
  }

  /** Forgets what was found, and arrays that an unusually large search has left behind. O(1). */
  clear(): void {
    this.count = 0;
    if (this.order.length > 64 * FEW) this.#resize(FEW);
  }

  #searchCell(sets: SortedSets, entry: Address, shape: GeoShape, min: number, max: number, limit: number): void {
    const { cursor } = sets;
    const position = this.#position;
    const range = this.#range.include(min, max);
    range.isMaxExcluded = true;
    let more = sets.ranges.selectScores(entry, range, false, cursor) > 0;
    for (; more && cursor.score < max; more = cursor.next()) {
      position.decode(cursor.score);
      const metres = shape.distanceWithin(position.longitude, position.latitude);
      if (metres < 0) continue;
      this.#add(cursor.position, cursor.score, metres, position);
      if (this.count >= limit) return;
    }
  }

  #add(place: number, score: number, metres: number, position: GeoPosition): void {
    const index = this.count;
    if (index === this.order.length) this.#resize(2 * index);
    this.positions[index] = place;
    this.scores[index] = score;
    this.metres[index] = metres;
    this.longitudes[index] = position.longitude;
    this.latitudes[index] = position.latitude;
    this.order[index] = index;
    this.count = index + 1;
  }

  #resize(length: number): void {
    this.positions = resized(this.positions, new Uint32Array(length));
    this.order = resized(this.order, new Uint32Array(length));
    this.scores = resized(this.scores, new Float64Array(length));
    this.metres = resized(this.metres, new Float64Array(length));
    this.longitudes = resized(this.longitudes, new Float64Array(length));
    this.latitudes = resized(this.latitudes, new Float64Array(length));
  }
}

function resized<Numbers extends Uint32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from.subarray(0, to.length));
  return to;
}
