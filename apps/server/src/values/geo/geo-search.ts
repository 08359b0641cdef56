import type { Address } from '@nanoredis/intrusive-ds';
import { sortRange } from '../sort-range';
import { ScoreRange } from '../sorted-set/score-range';
import type { SortedSets } from '../sorted-set/sorted-sets';
import { GeoCover } from './geo-cover';
import { GeoPosition, minScore } from './geo-grid';
import type { GeoShape } from './geo-shape';

const INITIAL_CAPACITY = 64;

/**
 * Finds the members of a sorted set within a shape, unsorted or sorted by distance. One object serves all searches; the
 * results are valid until the sorted set changes.
 */
export class GeoSearch {
  /** Number of members found. */
  count = 0;
  /** Position of each: see SortedSetCursor.position. */
  positions = new Uint32Array(INITIAL_CAPACITY);
  scores = new Float64Array(INITIAL_CAPACITY);
  /** Metres from the centre. */
  metres = new Float64Array(INITIAL_CAPACITY);
  /** Degrees. */
  longitudes = new Float64Array(INITIAL_CAPACITY);
  latitudes = new Float64Array(INITIAL_CAPACITY);
  /** Indexes into the arrays above, in the requested order. */
  order = new Uint32Array(INITIAL_CAPACITY);
  readonly #cover = new GeoCover();
  readonly #range = new ScoreRange();
  readonly #position = new GeoPosition();

  /**
   * Finds the first `limit` members of the set at `entry` within `shape`. Moves the cursor of `sets`. O(cells * log n + members
   * in the cells).
   */
  run(sets: SortedSets, entry: Address, shape: GeoShape, limit: number): void {
    this.count = 0;
    const { step, columns, rows, count } = this.#cover.cover(shape);
    for (let i = 0; i < count && this.count < limit; i++) {
      const min = minScore(columns[i]!, rows[i]!, step);
      const max = minScore(columns[i]!, rows[i]!, step, 1);
      this.#searchCell(sets, entry, shape, min, max, limit);
    }
  }

  /**
   * Sorts the results by distance, at least the first `wanted`. Results at the same distance are in the order that
   * redis-server's sort produces. O(n log n).
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

  /** Drops the results, and the arrays if an unusually large search has grown them. O(1). */
  clear(): void {
    this.count = 0;
    if (this.order.length > 64 * INITIAL_CAPACITY) this.#resize(INITIAL_CAPACITY);
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
